/** Asks the server over HTTP for what ticks do not carry: whole curves for drawing, single measurements in full, and looks. */
import type { DrawnMetric } from '../../shared/protocol/metrics.ts';
import type { LookRecord } from '../../shared/protocol/look.ts';
import type { RunId } from '../../shared/protocol/state.ts';
import type { Reader } from './line.ts';
import { request } from './refusals.ts';
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

/** The wish for the same metrics of several runs, as it is put to whoever serves the room. */
export const severalQuery = (
  spans: readonly { readonly run: RunId; readonly span: Span }[],
  metrics: readonly DrawnMetric[],
  points = pointsOfACurve,
): Query => ({
  runs: spans.map(({ run, span: [from, to] }) => `${run}:${from}:${to}`).join(','),
  metric: metrics.join(','),
  points: String(points),
});

/** Fetches the measurements between two steps as the server keeps them, one line of JSON each. */
export async function fetchLines(source: Source, run: RunId, [from, to]: Span): Promise<string[]> {
  const response = await ask(source, ofRun(run), { format: 'jsonl', from: `${from}`, to: `${to}` });
  const text = await response.text();
  return text.split('\n').filter((line) => line !== '');
}

/** Reads measurements out of their lines. */
export const readLines = (lines: readonly string[]): FullMeasurement[] =>
  lines.map((line): FullMeasurement => JSON.parse(line));

/** Reads from the server, which is of one version with this page, so that its answers are taken as they come. */
export const httpReader = (source: Source): Reader => ({
  async curves(run, metrics, [from, to]) {
    const query = { metric: metrics.join(','), points: String(pointsOfACurve), from: `${from}`, to: `${to}` };
    const response = await ask(source, ofRun(run), query);
    return response.json() as Promise<History>;
  },
  async several(spans, metrics, signal, points) {
    const response = await ask(source, 'measurements', severalQuery(spans, metrics, points), signal);
    const answer = (await response.json()) as { readonly runs: readonly History[] };
    return answer.runs;
  },
  lines: (run, span) => fetchLines(source, run, span),
  async look(wish, signal) {
    const query = new URLSearchParams({ step: String(wish.step), parts: wish.parts.join() });
    const path = `/api/rooms/${source.code}/runs/${encodeURIComponent(wish.run)}/look?${query}`;
    const answer = await request(path, { signal }, source.token);
    return answer.ok ? { ok: true, value: answer.value as LookRecord } : answer;
  },
});
