/**
 * The rooms that are open on this server, each with what is measured of its runs. A room opens when somebody needs it and
 * closes when nobody has for a while; the store has everything.
 */
import { isMeasured, planOf } from '../../shared/core/plan.ts';
import { parseConfiguration } from '../../shared/protocol/configuration.ts';
import type { Circumstances } from '../../shared/protocol/decision.ts';
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import { isSealed } from '../../shared/protocol/guesses.ts';
import type { Lesson, LessonStep } from '../../shared/protocol/lessons.ts';
import type { Limits } from '../../shared/protocol/limits.ts';
import { accepted, type Result, refused } from '../../shared/protocol/refusal.ts';
import { isOver, type Language, lookUp, type RoomRun, type RunEnd, type RunId } from '../../shared/protocol/state.ts';
import type { SweepPoint } from '../../shared/protocol/sweeps.ts';
import type { RoomLog, StoredRoom } from '../store/events.ts';
import type { RunKey, RunStore } from '../store/runs.ts';
import type { RunKeeper } from '../training/keeper.ts';
import { MeasuredRuns, readPoint } from './measured-runs.ts';
import { Rehearsal, type RehearsalParts } from './rehearsal.ts';
import { Room } from './room.ts';
import { keepTime } from './timekeeper.ts';
import { hashOf, newCode, newId, newSecret } from './secrets.ts';

/** A room without listeners and training closes after so long. */
const IDLE_MS = 600_000;
const DAY_MS = 86_400_000;

export type RoomWish = {
  readonly title: string;
  readonly language: Language;
  readonly experiment: string;
  readonly configuration: unknown;
  /** What is to be taught; null: the room is led by hand. */
  readonly rehearsal?: boolean;
  readonly lesson: Lesson<unknown> | null;
};

/** What the registry asks of the training. */
type Trainer = Pick<RunKeeper, 'begin' | 'stop' | 'beginSweep' | 'stopSweep'>;

export type RegistryParts = {
  readonly log: RoomLog;
  readonly runs: RunStore;
  readonly limits: Limits;
  readonly maxRooms: number;
  /** So many days after the last thing that happened in it a room is kept. */
  readonly retentionDays: number;
  readonly engineFor: Circumstances['engineFor'];
  readonly secondsOf: Circumstances['secondsOf'];
  readonly now: () => number;
  /** What happens later, and the chance of pretend students. */
  readonly acting: RehearsalParts;
};

/** An open room and what is measured of its runs; `users` counts who holds it open. */
export class OpenRoom {
  readonly room: Room;
  readonly measured: MeasuredRuns;
  /** How training ended behind guesses that are not revealed. */
  readonly held: Map<RunId, RunEnd>;
  /** Estimates the seconds of a whole run; null while that cannot be done. */
  readonly secondsOf: Circumstances['secondsOf'];
  /** Lets go of what acts in the room by itself. */
  readonly close: () => void;
  users = 0;
  usedAt: number;

  constructor(parts: Pick<OpenRoom, 'room' | 'measured' | 'held' | 'secondsOf' | 'close'>, now: number) {
    this.room = parts.room;
    this.measured = parts.measured;
    this.held = parts.held;
    this.secondsOf = parts.secondsOf;
    this.close = parts.close;
    this.usedAt = now;
  }
}

export class Registry {
  readonly #parts: RegistryParts;
  readonly #open = new Map<string, Promise<OpenRoom>>();
  #keeper: Trainer | null = null;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
  }

  /** Connects the training, then goes on with every run that is due; resolves with how many those are. */
  async connect(keeper: Trainer): Promise<number> {
    this.#keeper = keeper;
    const due = await this.#parts.runs.due();
    for (const key of due) {
      const { room } = await this.byId(key.room);
      const run = lookUp(room.state.runs, key.run);
      if (run !== undefined && !isOver(run.status)) await this.#train(keeper, room, run);
      const sweep = lookUp(room.state.sweeps, key.run);
      if (sweep?.standing === 'measuring') keeper.beginSweep(key.room, sweep);
    }
    return due.length;
  }

  get rooms(): number {
    return this.#open.size;
  }

  async openRooms(): Promise<OpenRoom[]> {
    return Promise.all(this.#open.values());
  }

  /** Creates a room; its host key is told once and kept as a hash only. */
  async create(wish: RoomWish): Promise<Result<{ stored: StoredRoom; hostKey: string }>> {
    const { log, limits, maxRooms, now } = this.#parts;
    const base = parseConfiguration(wish.configuration, limits);
    if (!base.ok) return refused(base.error.code, base.error.message, base.error.path);
    const lesson = wish.lesson === null ? null : parseLesson(wish.lesson, limits);
    if (lesson?.ok === false) return lesson;
    const rooms = await log.countRooms();
    if (rooms >= maxRooms) return refused('limit-reached', `the server has ${rooms} rooms; the limit is ${maxRooms}`);
    const hostKey = newSecret();
    const stored: StoredRoom = {
      id: newId(),
      code: await this.#freeCode(),
      log: newId(),
      hostKeyHash: hashOf(hostKey),
      seq: 1,
    };
    const { title, language, experiment } = wish;
    const first: NumberedEvent = {
      seq: 1,
      at: now(),
      by: 'server',
      type: 'room-created',
      data: {
        id: stored.id,
        code: stored.code,
        title,
        language,
        experiment,
        base: base.value,
        ...(lesson === null ? {} : { lesson: lesson.value }),
        ...(wish.rehearsal === true ? { rehearsal: true } : {}),
      },
    };
    await log.createRoom(stored, first);
    return accepted({ stored, hostKey });
  }

  async byCode(code: string): Promise<OpenRoom | null> {
    const stored = await this.#parts.log.findByCode(code);
    return stored === undefined ? null : this.byId(stored.id);
  }

  /** Finds a room that has ended by the code that it had then; null where there is none. */
  async endedByCode(code: string): Promise<OpenRoom | null> {
    const stored = await this.#parts.log.findEnded(code);
    return stored === undefined ? null : this.byId(stored.id);
  }

  byId(id: string): Promise<OpenRoom> {
    const known = this.#open.get(id);
    if (known !== undefined) return known;
    const opening = this.#openRoom(id);
    this.#open.set(id, opening);
    opening.catch(() => this.#open.delete(id));
    return opening;
  }

  async measured(key: RunKey, points: readonly string[], front: number): Promise<void> {
    const open = await this.byId(key.room);
    open.measured.take(key.run, points.map(readPoint), front);
  }

  async ended(key: RunKey, end: RunEnd): Promise<void> {
    const { room, held } = await this.byId(key.room);
    const ack = await room.ask({ type: 'end-run', data: { run: key.run, end } });
    if (ack.ok || ack.error.code !== 'conflict') return;
    held.set(key.run, end);
    await this.#parts.runs.hold(key, end);
    // The guess may have been revealed before this was known.
    if (!isSealed(room.state, key.run)) await this.ended(key, end);
  }

  async swept(room: string, sweep: string, points: readonly SweepPoint[]): Promise<void> {
    const open = await this.byId(room);
    await open.room.ask({ type: 'take-points', data: { sweep, points } });
  }

  async sweepFailed(room: string, sweep: string): Promise<void> {
    const open = await this.byId(room);
    await open.room.ask({ type: 'fail-sweep', data: { sweep } });
  }

  /** Closes rooms that nobody has used for a while. */
  async sweep(): Promise<void> {
    const now = this.#parts.now();
    for (const open of await this.openRooms()) {
      const { room } = open;
      const { runs, sweeps } = room.state;
      const training =
        Object.values(runs).some((run) => !isOver(run.status) && !open.held.has(run.id)) ||
        Object.values(sweeps).some(({ standing }) => standing === 'measuring');
      if (open.users > 0 || training || room.busy) open.usedAt = now;
      else if (now - open.usedAt > IDLE_MS) this.#letGo(open);
    }
  }

  /** Until when a room is kept where nothing more happens in it, in ms. */
  keptUntil(room: Room): number {
    return room.lastAt + this.#parts.retentionDays * DAY_MS;
  }

  /** Removes the rooms that are no longer kept, unless somebody is in them; returns how many. */
  async removeOld(): Promise<number> {
    const { log, retentionDays, now } = this.#parts;
    const idle = await log.idleSince(now() - retentionDays * DAY_MS);
    let removed = 0;
    for (const id of idle) {
      const open = await this.#open.get(id);
      if (open !== undefined && (open.users > 0 || open.room.busy)) continue;
      if (open !== undefined) this.#letGo(open);
      await log.removeRoom(id);
      removed++;
    }
    return removed;
  }

  async #openRoom(id: string): Promise<OpenRoom> {
    const { log, runs, limits, engineFor, secondsOf, now } = this.#parts;
    const stored = await log.findById(id);
    if (stored === undefined) throw new Error(`invariant violation: there is no room ${id}`);
    const measured = await MeasuredRuns.of(id, runs);
    const { front, speedsAt } = measured;
    const held = await runs.heldEnds(id);
    const heldEnd = (run: RunId): RunEnd | null => held.get(run) ?? null;
    const room = await Room.open(stored, {
      log,
      circumstances: () => ({ now: now(), limits, engineFor, secondsOf, front, speedsAt, heldEnd }),
    });
    // What a guess is on is in memory until it is revealed, since revealing it reads what was measured.
    for (const run of Object.keys(room.state.runs)) if (isSealed(room.state, run)) await measured.load(run);
    room.subscribe((event) => this.#follow(room, measured, event));
    const { acting } = this.#parts;
    const releases = [rehearse(room, acting), keepTime(room, { now, later: acting.later })];
    const close = (): void => {
      for (const release of releases) release();
    };
    return new OpenRoom({ room, measured, held, secondsOf, close }, now());
  }

  #letGo(open: OpenRoom): void {
    this.#open.delete(open.room.stored.id);
    open.close();
  }

  /** Lets go of all rooms: the server ends. */
  async close(): Promise<void> {
    for (const open of await this.openRooms()) this.#letGo(open);
  }

  /** Training follows the facts: it begins and stops because the log says so. */
  #follow(room: Room, measured: MeasuredRuns, event: NumberedEvent): void {
    if (event.type === 'guess-opened') measured.series(event.data.run);
    if (this.#keeper === null) return;
    if (event.type === 'run-stopping') this.#keeper.stop({ room: room.stored.id, run: event.data.run });
    if (event.type === 'sweep-ended') this.#keeper.stopSweep(room.stored.id, event.data.sweep);
    if (event.type === 'sweep-started') {
      const sweep = lookUp(room.state.sweeps, event.data.sweep);
      if (sweep !== undefined) this.#keeper.beginSweep(room.stored.id, sweep);
    }
    if (event.type !== 'run-started') return;
    const { run: id } = event.data;
    const run = lookUp(room.state.runs, id);
    if (run === undefined) return;
    // Where not even its failure can be stored just now, the run stays due and begins with the next start.
    this.#train(this.#keeper, room, run).catch(() => undefined);
  }

  /** A run that cannot begin ends as failed and harms no other. */
  async #train(keeper: Trainer, room: Room, run: RoomRun): Promise<void> {
    try {
      await keeper.begin(room.state, run);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await this.ended({ room: room.stored.id, run: run.id }, { kind: 'failed', step: 0, reason });
    }
  }

  async #freeCode(): Promise<string> {
    for (;;) {
      const code = newCode();
      if (!(await this.#parts.log.isCodeTaken(code))) return code;
    }
  }
}

/** Lets pretend students act in a room that is a rehearsal; returns how to end it. */
function rehearse(room: Room, acting: RehearsalParts): () => void {
  const { rehearsal: isRehearsal, endedAt } = room.state;
  if (!isRehearsal || endedAt !== null) return () => undefined;
  const rehearsal = new Rehearsal(room, acting);
  // Without them the room is one like others.
  rehearsal.open().catch(() => undefined);
  return () => rehearsal.close();
}

/** Completes the configurations of a lesson; refused where one of its runs is beyond the limits of this server. */
function parseLesson(lesson: Lesson<unknown>, limits: Limits): Result<Lesson> {
  const steps: LessonStep[] = [];
  for (const step of lesson.steps) {
    if (step.kind === 'text') {
      steps.push(step);
      continue;
    }
    const parsed = parseConfiguration(step.configuration, limits);
    if (!parsed.ok) return refused(parsed.error.code, parsed.error.message, 'lesson');
    const { hidden } = parsed.value;
    if (hidden.length < 2)
      return refused('invalid', `hidden is [${hidden.join(', ')}]; a guess compares at least 2 layers`, 'lesson');
    if (step.step !== null && !isMeasured(planOf(parsed.value), step.step))
      return refused('invalid', `step is ${step.step}; the run is not measured there`, 'lesson');
    steps.push({ ...step, configuration: parsed.value });
  }
  return accepted({ ...lesson, steps });
}
