/** Steps as the timeline takes them: from one measurement to the next, back, and no further than may be seen. */
import { nextMeasuredStep, type Plan } from '../../shared/core/plan.ts';
import { lookUp, type RunId } from '../../shared/protocol/state.ts';
import { frontByFact, measuredAtOrBefore } from '../room/measured.ts';
import type { RoomClient } from '../room/room-client.ts';

/** The last measured step before `step`, or `begin`, where the run begins. */
export const previousMeasuredStep = (plan: Plan, step: number, begin: number): number =>
  Math.max(begin, measuredAtOrBefore(plan, step - 1, plan.steps));

/** The first measured step after `step`, at most `limit`. */
export const nextStep = (plan: Plan, step: number, limit: number): number =>
  Math.min(limit, nextMeasuredStep(plan, step) ?? plan.steps);

/** The furthest step of a run at which somebody may look alone: what the room has seen, and as far as the class is now. */
export function limitOf(room: Pick<RoomClient, 'stage' | 'frames' | 'store'>, id: RunId): number {
  const run = lookUp(room.store.getState().state?.runs ?? {}, id);
  if (run === undefined) return 0;
  const front = Math.max(room.frames.of(id).front, frontByFact(run.status));
  const classStep = room.stage.current()?.classStep ?? 0;
  return Math.max(run.origin?.step ?? 0, Math.min(front, Math.max(room.stage.furthest(id), classStep)));
}
