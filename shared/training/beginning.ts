/** Where the training of a run begins: at its own newest checkpoint, at a step of the run that it goes on from, or anew. */
import { planOf } from '../core/plan.ts';
import { lookUp, type RoomRun, type RoomState } from '../protocol/state.ts';
import type { Beginning } from './messages.ts';
import type { TrainingStore } from './store.ts';

/** The run can never begin, whatever the store says later. */
export class CannotBegin extends Error {}

/** Reads where a run of a room begins; throws `CannotBegin` where there is no such place. */
export async function beginningOf(
  state: RoomState,
  run: RoomRun,
  store: Pick<TrainingStore, 'checkpoint'>,
): Promise<Beginning & { step: number }> {
  const own = await store.checkpoint({ room: state.id, run: run.id }, planOf(run.configuration).steps);
  if (own !== undefined) return { kind: 'resume', saved: own.bytes, step: own.step };
  if (run.origin === null) return { kind: 'new', step: 0 };
  const parent = lookUp(state.runs, run.origin.run);
  if (parent === undefined)
    throw new CannotBegin(
      `invariant violation: ${run.id} is a fork of ${run.origin.run}, which the room does not have`,
    );
  const saved = await store.checkpoint({ room: state.id, run: parent.id }, run.origin.step);
  // A parent that is a fork itself cannot start anew; its first checkpoint was stored before its first measurement.
  if (saved === undefined && parent.origin !== null)
    throw new CannotBegin(`invariant violation: the fork ${parent.id} has no checkpoint`);
  return { kind: 'fork', step: run.origin.step, parent: parent.configuration, saved: saved?.bytes ?? null };
}
