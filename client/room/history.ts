/** Asks the server over HTTP for what ticks do not carry: whole curves for drawing, and single measurements in full. */
import type { DrawnMetric } from '../../shared/protocol/metrics.ts';
import type { RunId } from '../../shared/protocol/state.ts';
import type { FullMeasurement, HistorySeries } from './run-frames.ts';
import type { Span } from './spans.ts';

export type History = { readonly run: RunId; readonly front: number; readonly series: readonly HistorySeries[] };

export type Source = { readonly code: string; readonly token: string };

/** About as many points as a curve is drawn with. */
export const pointsOfACurve = 600;

async function ask(
  source: Source,
  run: RunId,
  query: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<Response> {
  const path = `/api/rooms/${source.code}/runs/${encodeURIComponent(run)}/measurements`;
  const response = await fetch(`${path}?${new URLSearchParams(query)}`, {
    headers: { Authorization: `Bearer ${source.token}` },
    ...(signal === undefined ? {} : { signal }),
  });
  if (!response.ok) throw new Error(`measurements of ${run}: ${response.status}`);
  return response;
}

/** Fetches curves of a run between two steps, few enough points to draw. */
export async function fetchCurves(
  source: Source,
  run: RunId,
  metrics: readonly DrawnMetric[],
  [from, to]: Span,
  signal?: AbortSignal,
): Promise<History> {
  const metric = metrics.join(',');
  const response = await ask(
    source,
    run,
    { metric, points: String(pointsOfACurve), from: `${from}`, to: `${to}` },
    signal,
  );
  // The server is of one version with this page, so its answers are taken as they come.
  return response.json() as Promise<History>;
}

/** Fetches the measurements between two steps as the server keeps them, one line of JSON each. */
export async function fetchLines(source: Source, run: RunId, [from, to]: Span): Promise<string[]> {
  const response = await ask(source, run, { format: 'jsonl', from: `${from}`, to: `${to}` });
  const text = await response.text();
  return text.split('\n').filter((line) => line !== '');
}

/** Fetches the measurements between two steps in full precision. */
export async function fetchFull(source: Source, run: RunId, span: Span): Promise<FullMeasurement[]> {
  const lines = await fetchLines(source, run, span);
  return lines.map((line): FullMeasurement => JSON.parse(line));
}
