/** What theory predicts of the values of a sweep that trains nothing, once all of them are there: before, it would give them away. */
import { useEffect, useState } from 'react';
import { applyChange } from '../../shared/protocol/configuration.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { changeTo, type Sweep, type SweepValue } from '../../shared/protocol/sweeps.ts';
import { hiddenSpeeds, statisticsFor } from '../plots/theory.ts';

/** How many times faster the last hidden layer should learn than layer 1. */
export type PredictedRatio = { readonly value: SweepValue; readonly ratio: number };

const none: readonly PredictedRatio[] = [];
/** More points are no better line. */
const mostPoints = 24;

/** Returns the predictions in the order of the values; empty until they are known, and where theory has nothing to say. */
export function useSweepTheory(sweep: Sweep): readonly PredictedRatio[] {
  const [found, setFound] = useState<{ readonly id: string; readonly ratios: readonly PredictedRatio[] } | null>(null);
  const wanted = !sweep.trained && sweep.standing === 'done' && sweep.field !== 'dataset.train';
  const { id, configuration, field, values } = sweep;
  useEffect(() => {
    if (!wanted) return;
    let here = true;
    predictedRatios({ configuration, field, values }).then(
      (ratios) => {
        if (here) setFound({ id, ratios });
      },
      // Without the line the plot says all the rest.
      () => undefined,
    );
    return () => {
      here = false;
    };
    // A sweep's values never change, so its id stands for them.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [wanted, id]);
  return wanted && found?.id === id ? found.ratios : none;
}

/** Works out the ratios of some values, evenly among them: a pause after each keeps the page alive. */
export async function predictedRatios({
  configuration,
  field,
  values,
}: Pick<Sweep, 'configuration' | 'field' | 'values'>): Promise<PredictedRatio[]> {
  const statistics = await statisticsFor(configuration);
  const every = Math.max(1, Math.ceil(values.length / mostPoints));
  const ratios: PredictedRatio[] = [];
  for (const [index, value] of values.entries()) {
    if (index % every !== 0 && index < values.length - 1) continue;
    const changed = applyChange(configuration, changeTo(configuration, field, value), defaultLimits);
    const speeds = changed.ok ? hiddenSpeeds(changed.value, statistics) : null;
    const ratio = (speeds?.at(-1)?.speed ?? NaN) / (speeds?.[0]?.speed ?? NaN);
    if (Number.isFinite(ratio) && ratio > 0) ratios.push({ value, ratio });
    await new Promise((resolve) => setTimeout(resolve));
  }
  return ratios;
}
