/**
 * Curves of many runs in one answer: a page that compares eight runs, or lists two hundred, should not have to ask for each of
 * them. How far each may be read is for whoever calls this to say.
 */
import { z } from 'zod';
import { accepted, refused, type Result } from '../protocol/refusal.ts';
import { type DrawnMetric, drawnMetrics, isDrawnMetric } from '../protocol/metrics.ts';
import { describeIssue, quote } from '../protocol/schema-errors.ts';
import type { RunId } from '../protocol/state.ts';
import type { RunKey } from '../training/store.ts';
import type { Curves } from './curves.ts';
import { drawnPoints, type SeriesPoint } from './drawing.ts';

export const pointsText = z
  .string()
  .regex(/^\d{1,4}$/, { error: 'must be a whole number from 4 to 2000' })
  .transform(Number)
  .refine((n) => n >= 4 && n <= 2000, { error: 'must be a whole number from 4 to 2000' });

/** Of all runs together: what a class of students asks for at once has to be worked at between ticks. */
const mostRuns = 200;
const mostPoints = 20_000;

const spanPattern = /^(?<run>[\w-]{1,40}):(?<from>\d{1,15}):(?<to>\d{1,15})$/;
const spanError = { error: `must be one to ${mostRuns} of run:from:to, separated by commas` };

const severalQuery = z.strictObject({
  runs: z
    .string(spanError)
    .transform((text) => text.split(',').map((one) => spanPattern.exec(one)?.groups ?? null))
    .refine((spans) => spans.length <= mostRuns && spans.every((one) => one !== null), spanError)
    .transform((spans) =>
      spans.flatMap((one): RunSpan[] =>
        one === null ? [] : [{ run: one['run'] ?? '', from: Number(one['from']), to: Number(one['to']) }],
      ),
    ),
  metric: z.string({ error: 'must be given' }).transform((text) => text.split(',')),
  points: pointsText.optional(),
});

/** A run and the first and last step of its that are wished for. */
type RunSpan = { readonly run: RunId; readonly from: number; readonly to: number };

/** A run that may be read up to a step; `front` is the last one that has been measured. */
export type Readable = { readonly key: RunKey; readonly readable: number; readonly front: number };

export type CurvesOfRun = {
  readonly run: RunId;
  readonly front: number;
  readonly series: readonly {
    readonly metric: DrawnMetric;
    readonly layer: number | null;
    readonly points: SeriesPoint[];
  }[];
};

/** The metrics of a query; refused where there is one that is not known. */
export function knownMetrics(names: readonly string[]): Result<DrawnMetric[]> {
  const unknown = names.find((name) => !isDrawnMetric(name));
  if (unknown === undefined) return accepted([...new Set(names.filter(isDrawnMetric))]);
  return refused('invalid', `metric is ${quote(unknown)}; it must be one or several of ${drawnMetrics}`, 'metric');
}

/** Draws up the curves of one run. */
export async function curvesOfRun(
  curves: Curves,
  { key, readable, front }: Readable,
  metrics: readonly DrawnMetric[],
  [from, to]: readonly [number, number],
  points: number,
): Promise<CurvesOfRun> {
  const read = await curves.read(key, metrics, from, Math.min(to, readable, Number.MAX_SAFE_INTEGER));
  const series = read.map((one) => ({ metric: one.metric, layer: one.layer, points: drawnPoints(one, points) }));
  return { run: key.run, front, series };
}

/** Draws up the curves of all runs that a query names, in its order; refused as a whole where one of them may not be read. */
export async function curvesOfSeveral(
  curves: Curves,
  query: unknown,
  readableOf: (run: RunId) => Result<Readable>,
): Promise<Result<{ readonly runs: CurvesOfRun[] }>> {
  const parsed = severalQuery.safeParse(query);
  if (!parsed.success) return refused('invalid', ...describeIssue(parsed.error, query));
  const { runs: asked, metric, points = 600 } = parsed.data;
  const known = knownMetrics(metric);
  if (!known.ok) return known;
  if (asked.length * points > mostPoints)
    return refused(
      'invalid',
      `points times runs is ${asked.length * points}; it may be at most ${mostPoints}`,
      'points',
    );
  const runs: CurvesOfRun[] = [];
  for (const { run, from, to } of asked) {
    const readable = readableOf(run);
    if (!readable.ok) return readable;
    runs.push(await curvesOfRun(curves, readable.value, known.value, [from, to], points));
  }
  return accepted({ runs });
}
