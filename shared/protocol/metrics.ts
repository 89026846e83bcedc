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

const scalars: ReadonlySet<string> = new Set(scalarMetrics);
const ofLayers: ReadonlySet<string> = new Set(layerMetrics);

export const isScalarMetric = (name: string): name is ScalarMetric => scalars.has(name);
export const isLayerMetric = (name: string): name is LayerMetric => ofLayers.has(name);
