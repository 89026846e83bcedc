/** Has metrics of a run fetched, and kept up with what is shown, for as long as a component needs them beside its curves. */
import { useEffect } from 'react';
import type { Metric } from '../../shared/protocol/metrics.ts';
import type { RunId } from '../../shared/protocol/state.ts';
import { useRoom } from '../room/context.tsx';

/** Asks for one metric; null for none. */
export function useWant(run: RunId | null, metric: Metric | null): void {
  const { fills, stage } = useRoom();
  useEffect(() => {
    if (run === null || metric === null) return;
    const release = fills.want({ run, metrics: [metric], span: null });
    stage.wake();
    return release;
  }, [fills, stage, run, metric]);
}
