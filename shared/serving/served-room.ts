/**
 * A room that somebody serves: its queue, what is measured of its runs, and the training that follows its facts. Whose log it is
 * and where it trains is not said here.
 */
import type { Circumstances } from '../protocol/decision.ts';
import type { NumberedEvent } from '../protocol/events.ts';
import { isSealed } from '../protocol/guesses.ts';
import type { Limits } from '../protocol/limits.ts';
import { isOver, lookUp, type PersonId, type RoomRun, type RunEnd, type RunId } from '../protocol/state.ts';
import { missingOf, runOfIndex } from '../protocol/challenges.ts';
import type { ValuePoint } from '../protocol/sweeps.ts';
import type { RunKeeper } from '../training/keeper.ts';
import type { RunKey, TrainingStore } from '../training/store.ts';
import type { EventLog, StoredRoom } from './log.ts';
import { MeasuredRuns, readPoint } from './measured-runs.ts';
import { type Origin, Room } from './room.ts';
import { Seats } from './seats.ts';

export type ServedRoom = {
  readonly room: Room;
  readonly measured: MeasuredRuns;
  readonly seats: Seats;
  /** How training ended behind guesses that are not revealed. */
  readonly held: Map<RunId, RunEnd>;
  /** Keeps such an end, so that it is not lost. */
  readonly hold: (run: RunId, end: RunEnd) => Promise<void>;
  /** Reads such ends as others may have kept them meanwhile; null where there are no others. */
  readonly readHeld: (() => Promise<ReadonlyMap<RunId, RunEnd>>) | null;
  /** Estimates the seconds of a whole run; null while that cannot be done. */
  readonly secondsOf: Circumstances['secondsOf'];
};

/** What a room asks of the training. */
export type Trainer = Pick<RunKeeper, 'begin' | 'stop' | 'beginSweep' | 'stopSweep' | 'measure'>;

export type ServingParts = {
  readonly log: EventLog;
  readonly runs: TrainingStore;
  readonly limits: Limits;
  readonly engineFor: Circumstances['engineFor'];
  readonly secondsOf: Circumstances['secondsOf'];
  readonly now: () => number;
  /** Whether it is known here who is connected anywhere; while it is not, everybody keeps their place. */
  readonly knowsWhoIsHere?: () => boolean;
  /** Draws a code at random. */
  readonly newCode: () => string;
  /** Draws a whole number from 0 to 2^52 at random. */
  readonly newSeed: () => number;
  /** Null as long as nothing trains. */
  readonly trainer: () => Trainer | null;
  readonly onFault?: ((error: unknown) => void) | undefined;
};

/** Opens a room from its log. */
export async function serveRoom(stored: StoredRoom, parts: ServingParts): Promise<ServedRoom> {
  const { log, runs, limits, engineFor, secondsOf, now, newCode, newSeed, trainer, onFault } = parts;
  const { knowsWhoIsHere = () => true } = parts;
  const measured = await MeasuredRuns.of(stored.id, runs);
  const { front, speedsAt } = measured;
  const held = await runs.heldEnds(stored.id);
  const heldEnd = (run: RunId): RunEnd | null => held.get(run) ?? null;
  const room = await Room.open(stored, {
    log,
    circumstances: () => {
      const at = now();
      const holdsSeat = (person: PersonId): boolean => seats.holds(person, at) || !knowsWhoIsHere();
      return { now: at, limits, engineFor, secondsOf, front, speedsAt, heldEnd, holdsSeat };
    },
    newCode,
    onFault,
    newSeed,
  });
  const seats = new Seats(Object.keys(room.state.people), now());
  // What a guess is on is in memory until it is revealed, since revealing it reads what was measured.
  for (const run of Object.keys(room.state.runs)) if (isSealed(room.state, run)) await measured.load(run);
  const hold = (run: RunId, end: RunEnd): Promise<void> => runs.hold({ room: stored.id, run }, end);
  const readHeld = log.isShared ? () => runs.heldEnds(stored.id) : null;
  const served = { room, measured, seats, held, hold, readHeld, secondsOf };
  room.subscribe((event, origin) => follow(served, trainer(), event, origin));
  return served;
}

/** Goes on with a run or a sweep of a room where that is not over. */
export async function goOn(trainer: Trainer, served: ServedRoom, id: RunId): Promise<void> {
  const { room } = served;
  const run = lookUp(room.state.runs, id);
  if (run !== undefined && !isOver(run.status)) await train(trainer, served, run);
  const sweep = lookUp(room.state.sweeps, id);
  if (sweep?.standing === 'measuring') trainer.beginSweep(room.stored.id, sweep);
  measureChallenge(trainer, served, id);
}

/** Says what rooms do with what training reports; `find` finds them by their ids. */
export const reportsTo = (find: (room: string) => Promise<ServedRoom>) => ({
  async measured(key: RunKey, points: readonly string[], front: number): Promise<void> {
    const { measured } = await find(key.room);
    measured.take(key.run, points.map(readPoint), front);
  },
  async ended(key: RunKey, end: RunEnd): Promise<void> {
    await endRun(await find(key.room), key.run, end);
  },
  async swept(id: string, sweep: string, points: readonly ValuePoint[]): Promise<void> {
    const { room } = await find(id);
    const isChallenge = lookUp(room.state.challenges ?? {}, sweep) !== undefined;
    await room.ask(
      isChallenge
        ? { type: 'take-values', data: { challenge: sweep, values: points } }
        : {
            type: 'take-points',
            data: { sweep, points: points.map(([index, ratio, share]) => [index, ratio, share]) },
          },
    );
  },
  async sweepFailed(id: string, sweep: string): Promise<void> {
    const { room } = await find(id);
    // What a challenge lacks stays open, and is tried again with what is asked for next, or after a restart.
    if (lookUp(room.state.challenges ?? {}, sweep) !== undefined) return;
    await room.ask({ type: 'fail-sweep', data: { sweep } });
  },
});

/** Tells a room how training ended; while a guess stands before the run it is kept until the reveal. Rule G11. */
async function endRun(served: ServedRoom, run: RunId, end: RunEnd): Promise<void> {
  const { room, held, hold } = served;
  const ack = await room.ask({ type: 'end-run', data: { run, end } });
  if (ack.ok || ack.error.code !== 'conflict') return;
  held.set(run, end);
  await hold(run, end);
  // The guess may have been revealed before this was known.
  if (!isSealed(room.state, run)) await endRun(served, run, end);
}

/**
 * Training follows the facts: it begins and stops because the log says so. Where several servers have the room, it begins at the one
 * whose commands these were, and every one stops what it trains.
 */
function follow(served: ServedRoom, trainer: Trainer | null, event: NumberedEvent, origin: Origin): void {
  const { room, measured } = served;
  const { id } = room.stored;
  if (event.type === 'guess-opened') measured.series(event.data.run);
  if (event.type === 'guess-revealed') {
    const run = lookUp(room.state.guesses, event.data.guess)?.run;
    // Where the store is away, the next server that opens the room finds it there.
    if (run !== undefined) tellHeld(served, run).catch(() => undefined);
  }
  if (trainer === null) return;
  if (event.type === 'run-stopping') trainer.stop({ room: id, run: event.data.run });
  if (event.type === 'sweep-ended') trainer.stopSweep(id, event.data.sweep);
  if (origin === 'elsewhere') return;
  if (event.type === 'sweep-started') {
    const sweep = lookUp(room.state.sweeps, event.data.sweep);
    if (sweep !== undefined) trainer.beginSweep(id, sweep);
  }
  if (event.type === 'challenge-opened' || event.type === 'cells-claimed' || event.type === 'rescue-tried') {
    measureChallenge(trainer, served, event.data.challenge);
  }
  if (event.type !== 'run-started') return;
  const run = lookUp(room.state.runs, event.data.run);
  // Where not even its failure can be stored just now, the run stays due and begins with the next start.
  if (run !== undefined) train(trainer, served, run).catch(() => undefined);
}

/** Has measured what a challenge has been asked for and does not know. */
function measureChallenge(trainer: Trainer, { room }: ServedRoom, id: string): void {
  const challenge = lookUp(room.state.challenges ?? {}, id);
  if (challenge === undefined) return;
  const key = lookUp(room.secrets.challenges ?? {}, id)?.key ?? null;
  const values = missingOf(challenge).flatMap((index) => {
    const configuration = runOfIndex(challenge, index, key);
    return configuration === null ? [] : [{ index, configuration }];
  });
  const trained = challenge.task.kind !== 'match';
  trainer.measure(room.stored.id, { id, engine: challenge.engine, trained, detailed: true, values });
}

/** Tells how a run ended that was behind a guess, where whoever revealed it did not know. */
async function tellHeld(served: ServedRoom, run: RunId): Promise<void> {
  if (served.readHeld === null) return;
  const end = served.held.get(run) ?? (await served.readHeld()).get(run);
  if (end !== undefined) await endRun(served, run, end);
}

/** A run that cannot begin ends as failed and harms no other. */
async function train(trainer: Trainer, served: ServedRoom, run: RoomRun): Promise<void> {
  try {
    await trainer.begin(served.room.state, run);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await endRun(served, run.id, { kind: 'failed', step: 0, reason });
  }
}
