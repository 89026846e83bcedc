/** What theory predicts of the run on show before its first step, once somebody wants to see it. */
import { useEffect, useState } from 'react';
import type { RunConfiguration } from '../../../shared/core/configuration.ts';
import { beyondTheory, type Beyond } from '../../../shared/core/theory/predict.ts';
import type { Measure } from '../../view/view.ts';
import { hiddenSpeeds, statisticsFor } from '../theory.ts';

export type Theory =
  | { readonly kind: 'off' }
  /** The images that it rests on are on their way, or cannot be had. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed' }
  /** Of the hidden layers. */
  | { readonly kind: 'speeds'; readonly values: readonly number[] }
  | { readonly kind: 'none'; readonly because: Beyond };

const off: Theory = { kind: 'off' };

/** Whether theory says anything of a measure. */
export const isPredicted = (measure: Measure): measure is 'speed' | 'speedRms' =>
  measure === 'speed' || measure === 'speedRms';

/** Works out the prediction while it is wanted. The configuration of a run never changes, so its identity is a key. */
export function useTheory(configuration: RunConfiguration, measure: Measure, wanted: boolean): Theory {
  const on = wanted && isPredicted(measure);
  const [found, setFound] = useState<{ readonly of: RunConfiguration; readonly theory: Found } | null>(null);
  useEffect(() => {
    if (!on || beyondTheory(configuration) !== null) return;
    let here = true;
    const tell = (theory: Found): void => {
      if (here) setFound({ of: configuration, theory });
    };
    predicted(configuration).then(tell, () => tell({ kind: 'failed' }));
    return () => {
      here = false;
    };
  }, [on, configuration]);
  if (!on) return off;
  const because = beyondTheory(configuration);
  if (because !== null) return { kind: 'none', because };
  if (found?.of !== configuration) return { kind: 'waiting' };
  const { theory } = found;
  return theory.kind === 'failed' ? theory : { kind: 'speeds', values: theory[measure] };
}

type Found =
  | { readonly kind: 'failed' }
  | { readonly kind: 'found'; readonly speed: readonly number[]; readonly speedRms: readonly number[] };

async function predicted(configuration: RunConfiguration): Promise<Found> {
  const hidden = hiddenSpeeds(configuration, await statisticsFor(configuration));
  if (hidden === null) return { kind: 'failed' };
  return {
    kind: 'found',
    speed: hidden.map(({ speed }) => speed),
    speedRms: hidden.map(({ speedRms }) => speedRms),
  };
}
