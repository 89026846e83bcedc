/** What the speed of learning can be measured by: which measurement it is, and by what it is multiplied to be drawn. */
import type { LayerMetric } from '../../../shared/protocol/metrics.ts';
import type { RunConfiguration } from '../../../shared/core/configuration.ts';
import type { TextKey } from '../../i18n/words.ts';
import { planFor } from '../../room/stage.ts';
import type { Measure } from '../../view/view.ts';

export const metricOf: Readonly<Record<Measure, LayerMetric>> = {
  speed: 'speed',
  speedRms: 'speedRms',
  weightGradient: 'weightGradient',
  perParameter: 'weightGradient',
  updateRatio: 'updateRatio',
  displacement: 'displacement',
};

/** Returns how many weights a layer has, 1 = first hidden. */
export function weightsOf(configuration: RunConfiguration, layer: number): number {
  const { sizes } = planFor({ configuration });
  return (sizes[layer - 1] ?? 1) * (sizes[layer] ?? 1);
}

/** Returns what a measured value is multiplied by; per parameter it is the root mean square of the gradient's entries. */
export const factorOf = (measure: Measure, configuration: RunConfiguration, layer: number): number =>
  measure === 'perParameter' ? 1 / Math.sqrt(weightsOf(configuration, layer)) : 1;

export const definitionOf = (measure: Measure): TextKey => `measure.${measure}.definition`;
