/**
 * The rooms that are open on this server, each with what is measured of its runs. A room opens when somebody needs it and
 * closes when nobody has for a while; the store has everything.
 */
import { parseConfiguration } from '../../shared/protocol/configuration.ts';
import type { Circumstances } from '../../shared/protocol/decision.ts';
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import type { Limits } from '../../shared/protocol/limits.ts';
import { accepted, type Result, refused } from '../../shared/protocol/refusal.ts';
import { hasEnded, type Language, lookUp, type RoomRun, type RunEnd, type RunId } from '../../shared/protocol/state.ts';
import type { TickPoint } from '../../shared/protocol/wire.ts';
import type { RoomLog, StoredRoom } from '../store/events.ts';
import type { RunKey, RunStore } from '../store/runs.ts';
import type { RunKeeper } from '../training/keeper.ts';
import { Room } from './room.ts';
import { hashOf, newCode, newId, newSecret } from './secrets.ts';
import { Series } from './series.ts';

/** A room without listeners and training closes after so long. */
const IDLE_MS = 600_000;

export type RoomWish = {
  readonly title: string;
  readonly language: Language;
  readonly experiment: string;
  readonly configuration: unknown;
};

/** What the registry asks of the training. */
type Trainer = Pick<RunKeeper, 'begin' | 'stop'>;

export type RegistryParts = {
  readonly log: RoomLog;
  readonly runs: RunStore;
  readonly limits: Limits;
  readonly maxRooms: number;
  readonly engineFor: Circumstances['engineFor'];
  readonly now: () => number;
};

/** An open room and its runs' series; `users` counts who holds it open. */
export class OpenRoom {
  readonly room: Room;
  readonly fronts: Map<RunId, number>;
  readonly #series = new Map<RunId, Series>();
  readonly #loading = new Map<RunId, TickPoint[]>();
  readonly #runs: RunStore;
  users = 0;
  usedAt: number;

  constructor(room: Room, fronts: Map<RunId, number>, runs: RunStore, now: number) {
    this.room = room;
    this.fronts = fronts;
    this.#runs = runs;
    this.usedAt = now;
  }

  readonly front = (run: RunId): number => this.fronts.get(run) ?? -1;

  /** A run's series if it is in memory; otherwise begins to load it, and it is there a moment later. */
  readonly series = (run: RunId): Series | undefined => {
    const series = this.#series.get(run);
    // Where the store cannot be read just now, the next tick asks again.
    if (series === undefined && !this.#loading.has(run)) this.#load(run).catch(() => undefined);
    return series;
  };

  /** Takes what was just measured and stored. */
  measured(run: RunId, points: readonly TickPoint[], front: number): void {
    this.fronts.set(run, Math.max(front, this.front(run)));
    this.#series.get(run)?.add(points);
    this.#loading.get(run)?.push(...points);
  }

  async #load(run: RunId): Promise<void> {
    const arrived: TickPoint[] = [];
    this.#loading.set(run, arrived);
    try {
      const stored = await this.#runs.points({ room: this.room.stored.id, run });
      const series = new Series();
      series.add(stored.map(readPoint));
      series.add(arrived);
      this.#series.set(run, series);
    } finally {
      this.#loading.delete(run);
    }
  }
}

/** The store holds only points that this server wrote. */
const readPoint = (text: string): TickPoint => JSON.parse(text) as TickPoint;

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
      if (run !== undefined && !hasEnded(run.status)) await this.#train(keeper, room, run);
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
      data: { id: stored.id, code: stored.code, title, language, experiment, base: base.value },
    };
    await log.createRoom(stored, first);
    return accepted({ stored, hostKey });
  }

  async byCode(code: string): Promise<OpenRoom | null> {
    const stored = await this.#parts.log.findByCode(code);
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
    open.measured(key.run, points.map(readPoint), front);
  }

  async ended(key: RunKey, end: RunEnd): Promise<void> {
    const { room } = await this.byId(key.room);
    await room.ask({ type: 'end-run', data: { run: key.run, end } });
  }

  /** Closes rooms that nobody has used for a while. */
  async sweep(): Promise<void> {
    const now = this.#parts.now();
    for (const open of await this.openRooms()) {
      const { room } = open;
      const training = Object.values(room.state.runs).some((run) => !hasEnded(run.status));
      if (open.users > 0 || training || room.busy) open.usedAt = now;
      else if (now - open.usedAt > IDLE_MS) this.#open.delete(room.stored.id);
    }
  }

  async #openRoom(id: string): Promise<OpenRoom> {
    const { log, runs, limits, engineFor, now } = this.#parts;
    const stored = await log.findById(id);
    if (stored === undefined) throw new Error(`invariant violation: there is no room ${id}`);
    const fronts = await runs.fronts(id);
    const room = await Room.open(stored, {
      log,
      circumstances: () => ({ now: now(), limits, engineFor, front: (run) => fronts.get(run) ?? -1 }),
    });
    room.subscribe((event) => this.#follow(room, event));
    return new OpenRoom(room, fronts, runs, now());
  }

  /** Training follows the facts: it begins and stops because the log says so. */
  #follow(room: Room, event: NumberedEvent): void {
    if (this.#keeper === null) return;
    if (event.type === 'run-stopping') this.#keeper.stop({ room: room.stored.id, run: event.data.run });
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
      if ((await this.#parts.log.findByCode(code)) === undefined) return code;
    }
  }
}
