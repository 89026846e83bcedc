/** The factors of the run on show at the step on show, or at the latest one before it that has been received in full. */
import { useMemo } from 'react';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { useRoom, useShown } from '../../room/context.tsx';
import { useWant } from '../use-want.ts';
import type { FactorFacts } from './sentence.ts';
import { factorsUpTo } from './factors.ts';

const refreshEvery = 200;

export type Factors = Omit<FactorFacts, 'layer'> & { readonly moving: boolean };

/** Returns them; null while nothing has been received. */
export function useFactors(run: RoomRun): Factors | null {
  const { frames } = useRoom();
  const shown = useShown(refreshEvery);
  useWant(run.id, 'weightGain');
  useWant(run.id, 'slope');
  useWant(run.id, 'slopeRms');
  useWant(run.id, 'speedRms');
  useWant(run.id, 'saturation');
  useWant(run.id, 'dead');
  const measured = shown?.run.id === run.id ? shown.measured : -1;
  const moving = shown?.motion === 'playing';
  const its = frames.of(run.id);
  const { version } = its;
  return useMemo(() => {
    const { configuration } = run;
    const layers = configuration.hidden.length;
    const found = measured < 0 ? null : factorsUpTo(its, layers, measured);
    if (found === null) return null;
    const { step, factors } = found;
    const [saturation, dead] = [its.valuesAt('saturation', step, layers), its.valuesAt('dead', step, layers)];
    return { configuration, step, factors, saturation, dead, moving };
    // The frames change in place; their version says when.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [run, its, version, measured, moving]);
}
