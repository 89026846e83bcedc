/** Asks the server over HTTP for what ticks do not carry: whole curves for drawing, and single measurements in full. */
import type { RunId } from '../../shared/protocol/state.ts';
import type { WireNumber } from '../../shared/protocol/wire-numbers.ts';
import type { FullMeasurement, HistorySeries } from './frames.ts';
import type { Span } from './spans.ts';

export type History = { readonly run: RunId; readonly front: number; readonly series: readonly HistorySeries[] };

/** A line of the measurements as the server keeps them, as far as it is read here. */
type MeasurementLine = {
  readonly step: number;
  readonly cost: WireNumber;
  readonly trainAccuracy: WireNumber;
  readonly testAccuracy: WireNumber | null;
  readonly layers: readonly { readonly speed: WireNumber }[];
};

export type Source = { readonly code: string; readonly token: string };

const pointsOfACurve = 600;

async function ask(source: Source, run: RunId, query: Readonly<Record<string, string>>): Promise<Response> {
  const path = `/api/rooms/${source.code}/runs/${encodeURIComponent(run)}/measurements`;
  const response = await fetch(`${path}?${new URLSearchParams(query)}`, {
    headers: { Authorization: `Bearer ${source.token}` },
  });
  if (!response.ok) throw new Error(`measurements of ${run}: ${response.status}`);
  return response;
}

/** Fetches the curves of a run between two steps, few enough points to draw. */
export async function fetchCurves(source: Source, run: RunId, [from, to]: Span): Promise<History> {
  const metric = 'speed,cost,trainAccuracy,testAccuracy';
  const response = await ask(source, run, { metric, points: String(pointsOfACurve), from: `${from}`, to: `${to}` });
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
  return lines.map((line) => {
    const { step, cost, trainAccuracy, testAccuracy, layers }: MeasurementLine = JSON.parse(line);
    return { step, cost, trainAccuracy, testAccuracy, speeds: layers.map((layer) => layer.speed) };
  });
}
