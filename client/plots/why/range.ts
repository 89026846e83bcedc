/** The values between which the outputs of a layer are drawn: those the activation can have, where they are bounded. */
import type { RunConfiguration } from '../../../shared/core/configuration.ts';
import type { ShownSeries } from '../extent.ts';
import { nearestIndex } from '../stops.ts';

/** Returns both ends, the same for all lanes; what has not been shown yet has no part in them. */
export function rangeOf(
  { activation, residual }: Pick<RunConfiguration, 'activation' | 'residual'>,
  lanes: readonly (readonly [mean: ShownSeries, spread: ShownSeries])[],
): readonly [number, number] {
  // A skip connection adds up outputs, so that they have no bound any more.
  if (!residual && activation === 'sigmoid') return [0, 1];
  if (!residual && (activation === 'tanh' || activation === 'softsign')) return [-1, 1];
  let [low, high] = [Infinity, -Infinity];
  for (const [mean, spread] of lanes) {
    for (let index = 0; index < mean.count; index++) {
      const middle = mean.series.values[index] ?? Number.NaN;
      const wide = spread.series.values[nearestIndex(spread, mean.series.steps[index] ?? 0)] ?? 0;
      if (!Number.isFinite(middle) || !Number.isFinite(wide)) continue;
      low = Math.min(low, middle - wide);
      high = Math.max(high, middle + wide);
    }
  }
  if (low < high) return [low, high];
  return Number.isFinite(low) ? [low - 1, low + 1] : [0, 1];
}
