/**
 * A room that somebody serves: its queue, what is measured of its runs, and the training that follows its facts. Whose log it is
 * and where it trains is not said here.
 */
import type { Circumstances } from '../protocol/decision.ts';
import type { NumberedEvent } from '../protocol/events.ts';
import { isSealed } from '../protocol/guesses.ts';
import type { Limits } from '../protocol/limits.ts';
import { isOver, lookUp, type PersonId, type RunEnd, type RunId } from '../protocol/state.ts';
import { missingOf, runOfIndex } from '../protocol/challenges.ts';
import type { ValuePoint } from '../protocol/sweeps.ts';
import type { RunKeeper } from '../training/keeper.ts';
import type { Job } from '../training/sweep-keeper.ts';
import type { Claim, RunKey, TrainingStore } from '../training/store.ts';
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
  /** Keeps such an end, so that it is not lost; false where another attempt at the run has begun. */
  readonly hold: TrainingStore['hold'];
  /** Reads such ends as others may have kept them meanwhile; null where there are no others. */
  readonly readHeld: (() => Promise<ReadonlyMap<RunId, RunEnd>>) | null;
  /** Estimates the seconds of a whole run; null while that cannot be done. */
  readonly secondsOf: Circumstances['secondsOf'];
  /** Whether there is anybody who trains. */
  readonly isAttended: () => boolean;
};

/**
 * What a room asks of the training; what cannot begin just now rejects or waits, and stays due. `more` takes what a challenge asks
 * for besides, where its values are being measured already.
 */
export type Trainer = Pick<RunKeeper, 'begin' | 'stop' | 'beginSweep' | 'stopSweep' | 'measure' | 'more'>;

export type ServingParts = {
  readonly log: EventLog;
  readonly runs: TrainingStore;
  readonly limits: Limits;
  readonly engineFor: Circumstances['engineFor'];
  readonly secondsOf: Circumstances['secondsOf'];
  readonly now: () => number;
  /** Whether it is known here who is connected anywhere; while it is not, everybody keeps their place. */
  readonly knowsWhoIsHere?: () => boolean;
  /** Whether there is anybody who trains; unset: there is. */
  readonly isAttended?: () => boolean;
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
  const { knowsWhoIsHere = () => true, isAttended = () => true } = parts;
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
  const readHeld = log.isShared ? () => runs.heldEnds(stored.id) : null;
  const served = { room, measured, seats, held, hold: runs.hold, readHeld, secondsOf, isAttended };
  room.subscribe((event, origin) => follow(served, trainer(), event, origin));
  return served;
}

/** Goes on with a run or a sweep of a room; false where that is over. */
export async function goOn(trainer: Trainer, served: ServedRoom, id: RunId): Promise<boolean> {
  const { room } = served;
  const run = lookUp(room.state.runs, id);
  if (run !== undefined && !isOver(run.status)) {
    await trainer.begin(room.state, run);
    return true;
  }
  const sweep = lookUp(room.state.sweeps, id);
  if (sweep?.standing === 'measuring') {
    await trainer.beginSweep(room.stored.id, sweep);
    return true;
  }
  const job = jobOf(served, id);
  if (job === null) return false;
  await trainer.measure(room.stored.id, job);
  return true;
}

/** Says what rooms do with what training reports; `find` finds them by their ids. */
export const reportsTo = (find: (room: string) => Promise<ServedRoom>) => ({
  async measured(key: RunKey, points: readonly string[], front: number): Promise<void> {
    const { measured } = await find(key.room);
    measured.take(key.run, points.map(readPoint), front);
  },
  async ended(claim: Claim, end: RunEnd): Promise<void> {
    await endRun(await find(claim.room), claim, end);
  },
  async swept(claim: Claim, points: readonly ValuePoint[]): Promise<void> {
    const { room } = await find(claim.room);
    const isChallenge = lookUp(room.state.challenges ?? {}, claim.run) !== undefined;
    await room.record(
      isChallenge
        ? { type: 'take-values', data: { challenge: claim.run, values: points } }
        : {
            type: 'take-points',
            data: { sweep: claim.run, points: points.map(([index, ratio, share]) => [index, ratio, share]) },
          },
      claim,
    );
  },
  async sweepFailed(claim: Claim): Promise<void> {
    const { room } = await find(claim.room);
    // What a challenge lacks stays open, and is tried again with what is asked for next, or after a restart.
    if (lookUp(room.state.challenges ?? {}, claim.run) !== undefined) return;
    await room.record({ type: 'fail-sweep', data: { sweep: claim.run } }, claim);
  },
});

/** Tells a room how training ended; while a guess stands before the run it is kept until the reveal. Rule G11. */
async function endRun(served: ServedRoom, claim: Claim, end: RunEnd): Promise<void> {
  const { room, held, hold } = served;
  const { run } = claim;
  const ack = await room.record({ type: 'end-run', data: { run, end } }, claim);
  if (ack.ok || ack.error.code !== 'conflict') return;
  if (!(await hold(claim, end))) return;
  held.set(run, end);
  // The guess may have been revealed before this was known.
  if (!isSealed(room.state, run)) await endRun(served, claim, end);
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
  if (event.type === 'challenge-opened' || event.type === 'cells-claimed' || event.type === 'rescue-tried') {
    const job = jobOf(served, event.data.challenge);
    if (job !== null && origin === 'elsewhere') trainer.more(id, job);
    else if (job !== null) trainer.measure(id, job).catch(() => undefined);
  }
  if (origin === 'elsewhere') return;
  // Where training cannot begin just now, it stays due: the trainer tries again, or the next start does.
  if (event.type === 'sweep-started') {
    const sweep = lookUp(room.state.sweeps, event.data.sweep);
    if (sweep !== undefined) trainer.beginSweep(id, sweep).catch(() => undefined);
  }
  if (event.type !== 'run-started') return;
  const run = lookUp(room.state.runs, event.data.run);
  if (run !== undefined) trainer.begin(room.state, run).catch(() => undefined);
}

/** What a challenge has been asked for and does not know; null where that is nothing. */
function jobOf({ room }: ServedRoom, id: string): Job | null {
  const challenge = lookUp(room.state.challenges ?? {}, id);
  if (challenge === undefined) return null;
  const key = lookUp(room.secrets.challenges ?? {}, id)?.key ?? null;
  const values = missingOf(challenge).flatMap((index) => {
    const configuration = runOfIndex(challenge, index, key);
    return configuration === null ? [] : [{ index, configuration }];
  });
  const trained = challenge.task.kind !== 'match';
  return values.length === 0 ? null : { id, engine: challenge.engine, trained, detailed: true, values };
}

/** Tells how a run ended that was behind a guess, where whoever revealed it did not know. */
async function tellHeld({ room, held, readHeld }: ServedRoom, run: RunId): Promise<void> {
  if (readHeld === null) return;
  const end = held.get(run) ?? (await readHeld()).get(run);
  if (end !== undefined) await room.ask({ type: 'end-run', data: { run, end } });
}
