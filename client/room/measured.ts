/** Which measurement belongs to a step that is shown: the latest one taken at or before it. */
import { isMeasured, type Plan } from '../../shared/core/plan.ts';
import { hasEnded, type RunStatus } from '../../shared/protocol/state.ts';

/** Returns the last measured step up to `step`; -1 where there is none. `front` is the last one measured so far. */
export function measuredAtOrBefore(plan: Plan, step: number, front: number): number {
  const at = Math.min(step, front);
  if (at < 0) return -1;
  // A run that was cut short has one measurement more, where it ended, and that is its front.
  if (at === front || isMeasured(plan, at)) return at;
  const before = (every: number): number => Math.floor(at / every) * every;
  const evaluated = plan.testImages > 0 ? before(plan.stepsPerEpoch * plan.evaluateEvery) : 0;
  return Math.max(before(plan.measureEvery), evaluated);
}

/** The last measured step of a run as its fact says, where it has ended; -1 before. */
export const frontByFact = (status: RunStatus): number => (hasEnded(status) ? status.step : -1);
