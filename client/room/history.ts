/** Asks the server over HTTP for what ticks do not carry: whole curves for drawing, and single measurements in full. */
import type { DrawnMetric } from '../../shared/protocol/metrics.ts';
import type { RunId } from '../../shared/protocol/state.ts';
import type { FullMeasurement, HistorySeries } from './run-frames.ts';
import type { Span } from './spans.ts';

export type History = { readonly run: RunId; readonly front: number; readonly series: readonly HistorySeries[] };

export type Source = { readonly code: string; readonly token: string };

/** About as many points as a curve is drawn with. */
export const pointsOfACurve = 600;

type Query = Readonly<Record<string, string>>;

async function ask({ code, token }: Source, path: string, query: Query, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(`/api/rooms/${code}/${path}?${new URLSearchParams(query)}`, {
    headers: { Authorization: `Bearer ${token}` },
    ...(signal === undefined ? {} : { signal }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

const ofRun = (run: RunId): string => `runs/${encodeURIComponent(run)}/measurements`;

/** Fetches curves of a run between two steps, few enough points to draw. */
export async function fetchCurves(
  source: Source,
  run: RunId,
  metrics: readonly DrawnMetric[],
  [from, to]: Span,
): Promise<History> {
  const query = { metric: metrics.join(','), points: String(pointsOfACurve), from: `${from}`, to: `${to}` };
  const response = await ask(source, ofRun(run), query);
  // The server is of one version with this page, so its answers are taken as they come.
  return response.json() as Promise<History>;
}

/** Fetches the same metrics of several runs, of each between two steps of its own, in the order given. */
export async function fetchSeveral(
  source: Source,
  spans: readonly { readonly run: RunId; readonly span: Span }[],
  metrics: readonly DrawnMetric[],
  signal: AbortSignal,
): Promise<readonly History[]> {
  const runs = spans.map(({ run, span: [from, to] }) => `${run}:${from}:${to}`).join(',');
  const query = { runs, metric: metrics.join(','), points: String(pointsOfACurve) };
  const response = await ask(source, 'measurements', query, signal);
  const answer = (await response.json()) as { readonly runs: readonly History[] };
  return answer.runs;
}

/** Fetches the measurements between two steps as the server keeps them, one line of JSON each. */
export async function fetchLines(source: Source, run: RunId, [from, to]: Span): Promise<string[]> {
  const response = await ask(source, ofRun(run), { format: 'jsonl', from: `${from}`, to: `${to}` });
  const text = await response.text();
  return text.split('\n').filter((line) => line !== '');
}

/** Fetches the measurements between two steps in full precision. */
export async function fetchFull(source: Source, run: RunId, span: Span): Promise<FullMeasurement[]> {
  const lines = await fetchLines(source, run, span);
  return lines.map((line): FullMeasurement => JSON.parse(line));
}
