/** Has the seconds of runs fetched where an axis needs them, and lays the axis out again when more are known. */
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useRoom } from '../room/context.tsx';
import { secondsUnit } from './seconds.ts';
import type { TimedRun } from './use-x-axis.ts';
import type { StepUnit } from './x-axis.ts';

/** Returns the unit of each run, null where its seconds are not known yet; asks for nothing unless `wanted`. */
export function useSeconds(runs: readonly TimedRun[], wanted: boolean): readonly (StepUnit | null)[] {
  const { fills, frames, stage } = useRoom();
  useEffect(() => {
    if (!wanted) return;
    const releases = runs.map(({ id }) => fills.want({ run: id, metrics: ['seconds'], span: null }));
    stage.wake();
    return () => releases.forEach((release) => release());
  }, [runs, wanted, fills, stage]);
  const version = useCallback((): string => {
    if (!wanted) return '';
    return runs.map(({ id }) => `${frames.of(id).seconds.length} ${frames.of(id).seconds.rewrites}`).join();
  }, [runs, wanted, frames]);
  const subscribe = useCallback((listener: () => void) => frames.subscribe(listener), [frames]);
  const known = useSyncExternalStore(subscribe, version);
  return useMemo(
    () => (known === '' ? [] : runs.map(({ id, origin }) => secondsUnit(frames.of(id).seconds, origin?.step ?? 0))),
    [runs, known, frames],
  );
}
