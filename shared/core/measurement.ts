/**
 * What is measured of a network at one step, as the core computes it. A number here may be NaN or infinite;
 * how it is written down for a reader (`"NaN"`, `"Infinity"`, `"-Infinity"`) is the protocol's business.
 */

/** One layer at one step; every field is defined in README.md of this folder. The last layer is the output layer. */
export type LayerMeasurement = {
  readonly layer: number;
  readonly units: number;
  readonly speed: number;
  readonly speedRms: number;
  readonly weightGradient: number;
  readonly weightGain: number;
  readonly slope: number;
  readonly slopeRms: number;
  readonly activationMean: number;
  readonly activationStd: number;
  readonly saturation: number;
  readonly dead: number;
  readonly weightNorm: number;
  readonly updateRatio: number;
  readonly displacement: number;
  readonly turn: number;
};

/**
 * The network before the step `step`; `testAccuracy` is null where the test images were not evaluated, and both accuracies are where
 * the outputs name no class.
 */
export type Measurement = {
  readonly step: number;
  readonly epoch: number;
  readonly cost: number;
  readonly trainAccuracy: number | null;
  readonly testAccuracy: number | null;
  readonly digest: string;
  readonly layers: readonly LayerMeasurement[];
};
