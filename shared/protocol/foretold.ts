/**
 * What is told of training behind a guess. When it really ends would give away a run that breaks off early, so what is told goes by
 * the clock and by what is foretold of the configuration. Rule G11.
 */
import { flopsOf } from '../core/plan.ts';
import type { RoomRun } from './state.ts';

/** Operations a second, as long as the server has not found out how fast it is. */
const ASSUMED_FLOPS = 1e9;
const LEAST_SECONDS = 1;

/** Returns the share of a run's training that is told to be done at time `now` (ms), in tenths; `seconds`: as estimated, null: unknown. */
export function foretoldShare(run: Pick<RoomRun, 'at' | 'configuration'>, seconds: number | null, now: number): number {
  const whole = Math.max(LEAST_SECONDS, seconds ?? flopsOf(run.configuration) / ASSUMED_FLOPS);
  const share = Math.min(1, Math.max(0, (now - run.at) / 1000 / whole));
  return Math.floor(10 * share) / 10;
}
