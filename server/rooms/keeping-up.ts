/**
 * Keeps the open rooms up with a store that other servers write to as well: once a second, and whenever they can be heard again. It
 * is what makes everything that servers say to each other dispensable.
 */
import { hasEnded } from '../../shared/protocol/state.ts';
import type { RunKey } from '../../shared/training/store.ts';
import type { RoomLog } from '../store/events.ts';
import type { RunStore } from '../store/runs.ts';
import type { OpenRoom } from './registry.ts';

export type KeepingUpParts = {
  readonly log: Pick<RoomLog, 'seqsOf'>;
  readonly runs: Pick<RunStore, 'frontsOf'>;
};

/**
 * Reads what these rooms lack of events and measurements, with two queries where they lack nothing; returns those that are no more.
 * Rejects where the store is away.
 */
export async function keepUp(rooms: readonly OpenRoom[], { log, runs }: KeepingUpParts): Promise<OpenRoom[]> {
  if (rooms.length === 0) return [];
  const seqs = await log.seqsOf(rooms.map(({ room }) => room.stored.id));
  const stored = rooms.filter(({ room }) => seqs.has(room.stored.id));
  await Promise.all(stored.map(({ room }) => room.catchUp(seqs.get(room.stored.id))));
  const wanted = stored.flatMap(unfinished);
  const found = wanted.length === 0 ? [] : await runs.frontsOf(wanted);
  const fronts = new Map(found.map((one) => [nameOf(one), one.front]));
  await Promise.all(wanted.map(({ measured, ...key }) => measured.catchUp(key.run, fronts.get(nameOf(key)) ?? -1)));
  return rooms.filter((open) => !stored.includes(open));
}

const nameOf = ({ room, run }: RunKey): string => `${room}/${run}`;

/** The runs of a room of which measurements may be missing here: those in training, and those whose end came before them. */
function unfinished({ room, measured }: OpenRoom): (RunKey & Pick<OpenRoom, 'measured'>)[] {
  return Object.values(room.state.runs)
    .filter(({ id, status }) => !hasEnded(status) || measured.front(id) < status.step)
    .map(({ id }) => ({ room: room.stored.id, run: id, measured }));
}
