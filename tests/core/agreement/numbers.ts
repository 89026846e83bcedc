/** The numbers of a measurement, each with how far another precision may be from it, and why further than 1e-3 of itself. */
import type { RunConfiguration } from '../../../shared/core/configuration.ts';
import type { LayerMeasurement, Measurement } from '../../../shared/core/measurement.ts';

/** What tolerances depend on beside the measurement. */
export type Facts = {
  readonly step: number;
  readonly configuration: RunConfiguration;
  /** The shares of images whose class is not decided. */
  readonly undecided: { readonly trainAccuracy: number; readonly testAccuracy: number };
};

export type NamedNumber = {
  readonly name: string;
  readonly value: number;
  readonly tolerance: number;
  /** The numbers of which this one is a ratio, and without which it says nothing. */
  readonly needs?: readonly string[];
  /** It may be more. */
  readonly oneSided?: boolean;
};

const relative = 1e-3;
/** A sum that cancels down to less than this share of its parts is known to a part of that share. */
const cancelled = 0.01;
/** The share of units that may be at the very edge of saturation. */
const edge = 0.02;

/** Half the distance of 1 from its neighbour; where the squares of numbers can no longer be counted, and where numbers cannot. */
export const float32 = { rounding: 2 ** -24, largest: 1e15, smallest: 1e-30 };

/** A number and how far another may be from it: in parts of itself, or of what it is a sum of, which may cancel. */
function near(name: string, value: number, { of = 0, absolute = 0 } = {}): NamedNumber {
  const scale = Math.max(Math.abs(value), cancelled * of);
  return { name, value, tolerance: Math.max(relative * scale, absolute, float32.smallest) };
}

/** Lists all numbers of a measurement, those first that others need. */
export function numbersOf({ cost, trainAccuracy, testAccuracy, layers }: Measurement, facts: Facts): NamedNumber[] {
  const { undecided } = facts;
  return [
    near('cost', cost),
    near('trainAccuracy', trainAccuracy ?? 0, { absolute: undecided.trainAccuracy + float32.rounding }),
    near('testAccuracy', testAccuracy ?? 0, { absolute: undecided.testAccuracy + float32.rounding }),
    ...layers.toReversed().flatMap((layer) => numbersOfLayer(layer, layers[layer.layer - 2], facts)),
  ];
}

function numbersOfLayer(
  layer: LayerMeasurement,
  before: LayerMeasurement | undefined,
  { step, configuration }: Facts,
): NamedNumber[] {
  const { layer: number, speedRms, weightNorm, turn } = layer;
  const named = (field: string, of = number) => `${field} of layer ${of}`;
  const field = (
    name: Exclude<keyof LayerMeasurement, 'layer' | 'units'>,
    scale?: { of?: number; absolute?: number },
  ) => near(named(name), layer[name], scale);
  const { optimizer, normalization, residual } = configuration;
  // What a layer adds to what skips it may cancel too.
  const ofSkips = residual ? cancelled : 0;
  const size = sizeOf(layer) + ofSkips * (before === undefined ? 1 : sizeOf(before));
  const inputs = before === undefined ? 1 : (sizeOf(before) + ofSkips) * Math.sqrt(before.units);
  const weightGradientRms = speedRms * inputs;
  // Under normalization next to all of the gradient may cancel, and the probe does not say what a batch's is.
  const isNormalized = normalization === 'batch';
  const move = optimizer.learningRate * (isNormalized ? 10 : weightGradientRms / weightNorm);
  // Every step rounds every weight once more: what weights have moved is known no better.
  const blur = (step + 1) * float32.rounding;
  return [
    field('speedRms'),
    field('weightNorm'),
    field('speed', { of: speedRms }),
    field('weightGradient', { of: (isNormalized ? 10 : 1) * weightGradientRms }),
    { ...field('slope'), needs: [named('speedRms')] },
    { ...field('weightGain'), needs: [named('speedRms'), named('speedRms', number + 1)] },
    field('slopeRms'),
    field('activationMean', { absolute: relative * size }),
    field('activationStd', { absolute: 64 * float32.rounding * size }),
    field('saturation', { absolute: edge + 1 / (layer.units * configuration.probe) }),
    // A slope of relu is 0 in any precision; those of the others reach 0 sooner in float32.
    { ...field('dead'), oneSided: configuration.activation !== 'relu' },
    { ...field('updateRatio', { of: move }), needs: [named('weightNorm')] },
    { ...field('displacement', { absolute: blur }), needs: [named('weightNorm')] },
    { ...field('turn', { absolute: blur * Math.sqrt(2 * turn) + blur ** 2 / 2 }), needs: [named('weightNorm')] },
  ];
}

/** The root mean square of a layer's outputs. */
const sizeOf = (layer: LayerMeasurement): number => Math.hypot(layer.activationMean, layer.activationStd);
