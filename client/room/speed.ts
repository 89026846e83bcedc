/** How long a run would take where the room is served. */
import { useSyncExternalStore } from 'react';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { secondsBy } from '../../shared/core/kernels/choice.ts';
import type { Speed } from '../../shared/protocol/wire.ts';
import { useRoom } from './context.tsx';

/** What is known of the speed: no rates as long as it has not been found out. */
export function useSpeed(): Speed {
  const { speed } = useRoom();
  return useSyncExternalStore(speed.subscribe, speed.current);
}

/** Estimates the seconds of one thread that a new run of a configuration takes; null as long as nobody knows. */
export const useSeconds = (configuration: RunConfiguration): number | null =>
  secondsBy(useSpeed().rates, configuration);
