/**
 * The rooms that are open on this server, each with what is measured of its runs. A room opens when somebody needs it and
 * closes when nobody has for a while; the store has everything.
 */
import { missingOf } from '../../shared/protocol/challenges.ts';
import type { Circumstances } from '../../shared/protocol/decision.ts';
import type { Limits } from '../../shared/protocol/limits.ts';
import { accepted, type Result, refused } from '../../shared/protocol/refusal.ts';
import { isOver } from '../../shared/protocol/state.ts';
import { parseWish, type RoomWish } from '../../shared/serving/first-event.ts';
import type { StoredRoom } from '../../shared/serving/log.ts';
import { type MeasuredRuns, readPoint } from '../../shared/serving/measured-runs.ts';
import type { Room } from '../../shared/serving/room.ts';
import type { Seats } from '../../shared/serving/seats.ts';
import { goOn, reportsTo, type ServedRoom, serveRoom, type Trainer } from '../../shared/serving/served-room.ts';
import type { RunKey } from '../../shared/training/store.ts';
import type { RoomLog } from '../store/events.ts';
import type { RunStore } from '../store/runs.ts';
import type { Link } from '../link/link.ts';
import { keepUp } from './keeping-up.ts';
import { Neighbours } from './neighbours.ts';
import { Rehearsal, type RehearsalParts } from './rehearsal.ts';
import { hashOf, newCode, newId, newSecret, newSeed } from './secrets.ts';
import { keepTime } from './timekeeper.ts';

/** A room without listeners and training closes after so long. */
const IDLE_MS = 600_000;
const DAY_MS = 86_400_000;
/** Training stops within milliseconds; whoever deletes a room waits for it at most so long. */
const LOOK_AGAIN_MS = 50;
const MOST_WAIT_MS = 5000;

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
  /** Whether there is anybody who trains; unset: there is. */
  readonly isAttended?: () => boolean;
  /** What happens later, and the chance of pretend students. */
  readonly acting: RehearsalParts;
  /** Nothing acts in a room by itself here; its servers see to that. */
  readonly isBystander?: boolean;
  /** Hears what goes wrong in a room where nobody waits for an answer. */
  readonly onFault?: ((error: unknown) => void) | undefined;
  /** How other servers are heard of; null: there are none, or they meet in the store alone. */
  readonly link?: Link | null;
  /** Whether it is known here who is connected to which server. */
  readonly knowsWhoIsHere?: () => boolean;
};

/** An open room and what is measured of its runs; `users` counts who holds it open. */
export class OpenRoom implements ServedRoom {
  readonly room: Room;
  readonly measured: MeasuredRuns;
  readonly held: ServedRoom['held'];
  readonly hold: ServedRoom['hold'];
  readonly readHeld: ServedRoom['readHeld'];
  readonly secondsOf: ServedRoom['secondsOf'];
  readonly isAttended: ServedRoom['isAttended'];
  readonly seats: Seats;
  /** The room as other servers have it open; null where none are heard of. */
  readonly neighbours: Neighbours | null;
  /** Lets go of what acts in the room by itself. */
  readonly close: () => void;
  users = 0;
  usedAt: number;
  /** The room has been removed for good, by another server. */
  isGone = false;

  constructor(served: ServedRoom, neighbours: Neighbours | null, now: number, close: () => void) {
    this.neighbours = neighbours;
    this.seats = served.seats;
    this.close = close;
    this.room = served.room;
    this.measured = served.measured;
    this.held = served.held;
    this.hold = served.hold;
    this.readHeld = served.readHeld;
    this.secondsOf = served.secondsOf;
    this.isAttended = served.isAttended;
    this.usedAt = now;
  }
}

export class Registry {
  readonly #parts: RegistryParts;
  readonly #open = new Map<string, Promise<OpenRoom>>();
  /** Those of them that have been read. */
  readonly #opened = new Set<OpenRoom>();
  #keeper: Trainer | null = null;
  /** What rooms do with what training reports. */
  readonly reports = {
    ...reportsTo((id) => this.byId(id)),
    measured: (key: RunKey, points: readonly string[], front: number) => this.#measured(key, points, front),
  };

  constructor(parts: RegistryParts) {
    this.#parts = parts;
  }

  /** Has rooms ask a trainer from now on. */
  follow(trainer: Trainer): void {
    this.#keeper = trainer;
  }

  /** Connects the training, then goes on with every run that is due; resolves with how many those are. */
  async connect(keeper: Trainer): Promise<number> {
    this.follow(keeper);
    const due = await this.#parts.runs.due();
    for (const key of due) {
      await goOn(keeper, await this.byId(key.room), key.run);
    }
    return due.length;
  }

  get rooms(): number {
    return this.#open.size;
  }

  /** Asks the other servers for what they have said while they could not be heard. */
  askNeighbours(): void {
    for (const { neighbours } of this.#opened) neighbours?.ask();
  }

  /** Tells the other servers who is here, and gives up those of which nothing is heard. */
  sayWhoIsHere(): void {
    for (const { neighbours } of this.#opened) neighbours?.keepUp();
  }

  /** Brings the open rooms to where other servers have brought them in the store; rejects where that is away. */
  async keepUp(): Promise<void> {
    for (const open of await keepUp([...this.#opened], this.#parts)) {
      open.isGone = true;
      this.#stopMeasuring(open.room);
      this.#letGo(open);
    }
  }

  /** Takes what was just measured here and stored, and tells the other servers. */
  async #measured({ room, run }: RunKey, points: readonly string[], front: number): Promise<void> {
    const { measured, neighbours } = await this.byId(room);
    const after = measured.front(run);
    measured.take(run, points.map(readPoint), front);
    neighbours?.tell({ kind: 'measured', run, after, points: [...points], front });
  }

  /** Creates a room; its host key is told once and kept as a hash only. */
  async create(wish: RoomWish): Promise<Result<{ stored: StoredRoom; hostKey: string }>> {
    const { log, limits, maxRooms, now } = this.#parts;
    const begin = parseWish(wish, limits);
    if (!begin.ok) return begin;
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
    const { id, code } = stored;
    await log.createRoom(stored, begin.value({ id, code, at: now() }));
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

  /** Closes rooms that nobody has used for a while. */
  sweep(): void {
    const now = this.#parts.now();
    for (const open of this.#opened) {
      if (open.users > 0 || isTraining(open) || open.room.busy) open.usedAt = now;
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
      const isUsed = open !== undefined && (open.users > 0 || open.seats.connected().length > 0 || open.room.busy);
      if (isUsed) continue;
      if (open !== undefined) this.#letGo(open);
      await log.removeRoom(id);
      removed++;
    }
    return removed;
  }

  /** Ends a room and removes it for good, as soon as nothing more comes of its training; resolves with whether that was in time. */
  async remove(id: string): Promise<boolean> {
    const { log, acting } = this.#parts;
    const open = await this.byId(id);
    const { room } = open;
    await room.ask({ type: 'end-room', data: {} });
    this.#stopMeasuring(room);
    for (let waited = 0; isTraining(open); waited += LOOK_AGAIN_MS) {
      if (waited >= MOST_WAIT_MS) return false;
      await new Promise<void>((go) => acting.later(go, LOOK_AGAIN_MS));
    }
    this.#letGo(open);
    await log.removeRoom(id);
    return true;
  }

  /** Nobody wants to know what a sweep or a challenge of a room that is removed comes to. */
  #stopMeasuring({ stored, state }: Room): void {
    const { sweeps, challenges = {} } = state;
    for (const id of [...Object.keys(sweeps), ...Object.keys(challenges)]) this.#keeper?.stopSweep(stored.id, id);
  }

  async #openRoom(id: string): Promise<OpenRoom> {
    const { log, now, link = null } = this.#parts;
    const stored = await log.findById(id);
    if (stored === undefined) throw new Error(`invariant violation: there is no room ${id}`);
    const served = await serveRoom(stored, { ...this.#parts, newCode, newSeed, trainer: () => this.#keeper });
    const { acting, isBystander = false } = this.#parts;
    const releases = isBystander
      ? []
      : [rehearse(served.room, acting), keepTime(served.room, { now, later: acting.later })];
    const neighbours = link === null ? null : new Neighbours(served, link, now);
    const open = new OpenRoom(served, neighbours, now(), () => {
      for (const release of releases) release();
      neighbours?.close();
    });
    this.#opened.add(open);
    return open;
  }

  #letGo(open: OpenRoom): void {
    this.#open.delete(open.room.stored.id);
    this.#opened.delete(open);
    open.close();
  }

  /** Lets go of all rooms: the server ends. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#open.values());
    for (const open of this.#opened) this.#letGo(open);
  }

  async #freeCode(): Promise<string> {
    for (;;) {
      const code = newCode();
      if (!(await this.#parts.log.isCodeTaken(code))) return code;
    }
  }
}

/** Whether training may still report something of a room. A sweep that a room ended with is measured no further. */
const isTraining = ({ held, room: { state } }: OpenRoom): boolean =>
  Object.values(state.runs).some((run) => !isOver(run.status) && !held.has(run.id)) ||
  (state.endedAt === null &&
    (Object.values(state.sweeps).some(({ standing }) => standing === 'measuring') ||
      Object.values(state.challenges ?? {}).some((challenge) => missingOf(challenge).length > 0)));

/** Lets pretend students act in a room that is a rehearsal; returns how to end it. */
function rehearse(room: Room, acting: RehearsalParts): () => void {
  const { rehearsal: isRehearsal, endedAt } = room.state;
  if (!isRehearsal || endedAt !== null) return () => undefined;
  const rehearsal = new Rehearsal(room, acting);
  // Without them the room is one like others.
  rehearsal.open().catch(() => undefined);
  return () => rehearsal.close();
}
