/**
 * Sees to it that whatever is due is trained: the database is the truth about that, and what gives no sign of life is begun again.
 * One server at a time does so.
 */
import type { Trainer } from '../../shared/serving/served-room.ts';
import { isOver } from '../../shared/protocol/state.ts';
import { type Overdue, withOverdue } from '../store/attempts.ts';
import type { Database } from '../store/database.ts';
import type { TrainingQueue, Waiting } from './queue.ts';

/** Nobody else begins a run of which there was a sign of life so shortly ago; four of them may be missed. */
export const QUIET_MS = 8000;
/** After so long without a sign of life a run is begun again, whatever the queue says of it. */
const OVERDUE_MS = 30_000;
const LOOK_MS = 2000;

export type OverseerParts = {
  readonly database: Database;
  readonly now: () => number;
  /** Whether it makes sense to look: there may be nothing that could begin a run just now. */
  readonly isUp: () => boolean;
  readonly begin: (overdue: readonly Overdue[]) => Promise<void>;
  readonly log: { readonly error: (fields: object, text: string) => void };
};

/** Begins what is overdue, now and from time to time, until the returned function is called. */
export function oversee({ database, now, isUp, begin, log }: OverseerParts): () => Promise<void> {
  let looking: Promise<void> = Promise.resolve();
  let isLooking = false;
  const look = (): void => {
    if (isLooking || !isUp()) return;
    isLooking = true;
    looking = withOverdue(database, now, OVERDUE_MS, begin)
      .catch((error: unknown) => log.error({ error: String(error) }, 'what is due cannot be looked for now'))
      .finally(() => {
        isLooking = false;
      });
  };
  look();
  const timer = setInterval(look, LOOK_MS);
  return () => {
    clearInterval(timer);
    return looking;
  };
}

/** What is overdue as it is put into the queue: rooms have their first runs trained before any has its second. */
export function ranked(overdue: readonly Overdue[]): Waiting[] {
  const ranks = new Map<string, number>();
  return overdue.map((one) => {
    const rank = ranks.get(one.room) ?? 0;
    ranks.set(one.room, rank + 1);
    return { ...one, rank };
  });
}

/**
 * The training as servers see it whose workers are elsewhere: what begins goes into the queue. What is to stop a worker knows by
 * the room's log. Where the queue cannot be written, the overseer makes up for it.
 */
export function queueTrainer(queue: TrainingQueue): Trainer {
  const add = (room: string, run: string, rank: number) =>
    queue.add([{ room, run, attempt: 0, rank }]).catch(() => undefined);
  return {
    begin: (state, { id }) => {
      const before = Object.values(state.runs).filter((run) => run.id !== id && !isOver(run.status));
      return add(state.id, id, before.length);
    },
    stop: () => undefined,
    beginSweep: (room, { id }) => add(room, id, 0),
    stopSweep: () => undefined,
    measure: (room, { id }) => add(room, id, 0),
    more: () => undefined,
  };
}
