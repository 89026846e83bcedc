/** The names of what is measured, as measurements, the HTTP interface and the page use them. */

/** Measured of the network as a whole. */
export const scalarMetrics = ['cost', 'trainAccuracy', 'testAccuracy'] as const;

/** Measured of every layer. */
export const layerMetrics = [
  'speed',
  'speedRms',
  'weightGradient',
  'weightGain',
  'slope',
  'slopeRms',
  'activationMean',
  'activationStd',
  'saturation',
  'dead',
  'weightNorm',
  'updateRatio',
  'displacement',
  'turn',
] as const;

export type ScalarMetric = (typeof scalarMetrics)[number];
export type LayerMetric = (typeof layerMetrics)[number];
export type Metric = ScalarMetric | LayerMetric;

/** A layer's value divided by that of the last hidden layer at the same step, for drawing: speed/last. */
export type RatioMetric = `${LayerMetric}/last`;

/** What can be drawn of a run: what is measured, what follows from it at each step, and seconds of training until then. */
export type DrawnMetric = Metric | RatioMetric | 'seconds';

const ratioEnding = '/last';

const scalars: ReadonlySet<string> = new Set(scalarMetrics);
const ofLayers: ReadonlySet<string> = new Set(layerMetrics);

export const isScalarMetric = (name: string): name is ScalarMetric => scalars.has(name);
export const isLayerMetric = (name: string): name is LayerMetric => ofLayers.has(name);
export const isRatioMetric = (name: string): name is RatioMetric =>
  name.endsWith(ratioEnding) && isLayerMetric(name.slice(0, -ratioEnding.length));

export const ratioOf = (metric: LayerMetric): RatioMetric => `${metric}${ratioEnding}`;

/** Returns what a ratio is made of. */
export function metricOfRatio(ratio: RatioMetric): LayerMetric {
  const metric = ratio.slice(0, -ratioEnding.length);
  if (!isLayerMetric(metric)) throw new Error(`invariant violation: ${ratio} is no ratio of a metric`);
  return metric;
}

export const isDrawnMetric = (name: string): name is DrawnMetric =>
  isScalarMetric(name) || isLayerMetric(name) || isRatioMetric(name) || name === 'seconds';

/** What can be drawn, in words. */
export const drawnMetrics = `${[...scalarMetrics, ...layerMetrics, 'seconds'].join(', ')}; with ${ratioEnding} behind what belongs to layers, divided by the value of the last hidden layer at the same step`;
