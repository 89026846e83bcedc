/** What somebody may read of a room's runs, and how far. */
import { isSealed } from '../protocol/guesses.ts';
import { readableStepAt } from '../protocol/playhead.ts';
import { accepted, refused, type Result } from '../protocol/refusal.ts';
import { leads } from '../protocol/roles.ts';
import { quote } from '../protocol/schema-errors.ts';
import { lookUp, type PersonId, type RoomRun } from '../protocol/state.ts';
import type { ServedRoom } from './served-room.ts';
import type { Readable } from './several.ts';

/** A run of a room, who asks for it, and up to which step they may see it: Infinity for a host. */
export type Asked = {
  readonly open: ServedRoom;
  readonly run: RoomRun;
  readonly who: string;
  readonly readable: number;
};

/** Who reads: a person of the room, or whoever has its host key. */
export type Reader = { readonly open: ServedRoom; readonly who: 'host-key' | PersonId };

/** Finds a run that somebody asks for at a time in ms; refused where there is none, or a guess stands before it. */
export function askedOf({ open, who }: Reader, id: string, now: number): Result<Asked> {
  const { state } = open.room;
  const run = lookUp(state.runs, id);
  if (run === undefined) return refused('not-found', `there is no run ${quote(id)}`, 'run');
  const role = who === 'host-key' ? 'host' : lookUp(state.people, who)?.role;
  // A host reads all there is, others what the room has seen or the playhead has come near to.
  const readable = role !== undefined && leads(role) ? Infinity : readableStepAt(state, run, now);
  if (readable !== Infinity && isSealed(state, id))
    return refused('forbidden', `there is a guess on ${id}; it can be read when that is revealed`, 'run');
  return accepted({ open, run, who, readable });
}

/** What the reader of curves is to know of it. */
export const readableOf = ({ open, run, readable }: Asked): Readable => ({
  key: { room: open.room.state.id, run: run.id },
  readable,
  front: open.measured.front(run.id),
});
