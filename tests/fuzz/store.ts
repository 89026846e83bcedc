/**
 * The store of one room in memory, beneath any number of servers, one after the other. It can be slow, and it can fail: before
 * what it was asked to keep took effect, or after.
 */
import type { RoomLog } from '../../server/store/events.ts';
import type { RunStore } from '../../server/store/runs.ts';
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import type { CommandAck } from '../../shared/protocol/wire.ts';
import type { Addition, StoredRoom } from '../../shared/serving/log.ts';
import { memoryLog } from '../../shared/serving/memory-log.ts';
import { memoryStore } from '../../shared/training/memory-store.ts';

export type Failure = 'before' | 'after' | 'read';

export class FailingStore {
  /** Everything that was ever stored, as it would be read again. */
  readonly events: NumberedEvent[] = [];
  readonly runs: RunStore;
  /** The answers to accepted commands, by id alone. */
  readonly answersById = new Map<string, CommandAck>();
  /** Commands that were stored more than once, and marks that came in more than one commit: none, ever. */
  readonly repeated: string[] = [];
  stored: StoredRoom;
  readonly #log: ReturnType<typeof memoryLog>;
  readonly #identities = new Map<string, { room: string; person: string }>();
  readonly #devices: { readonly device: string; readonly person: string }[] = [];
  readonly #due = new Set<string>();
  readonly #marks = new Set<string>();
  readonly #failures: Failure[] = [];
  #held: (() => void)[] = [];
  #isSlow = false;
  #server = 0;
  #ended = false;

  constructor(stored: StoredRoom, first: NumberedEvent) {
    this.stored = stored;
    const kept = copy(first);
    this.events.push(kept);
    this.#log = memoryLog(kept);
    const due = this.#due;
    const held = new Map<string, string>();
    const training = memoryStore();
    this.runs = {
      ...training,
      async hold(claim, end) {
        const isKept = await training.hold(claim, end);
        if (isKept) held.set(claim.run, JSON.stringify(end));
        return isKept;
      },
      frontsOf: (keys) => Promise.all(keys.map(async (key) => ({ ...key, front: await training.front(key) }))),
      due: () => Promise.resolve([...due].filter((run) => !held.has(run)).map((run) => ({ room: stored.id, run }))),
      check: () => Promise.resolve(),
    };
  }

  /** The next thing that is asked of it fails. */
  fail(how: Failure): void {
    this.#failures.push(how);
  }

  /** Whether what it is asked to keep waits until it is released. */
  slow(isSlow: boolean): void {
    this.#isSlow = isSlow;
    if (!isSlow) this.release();
  }

  release(): void {
    const held = this.#held;
    this.#held = [];
    for (const release of held) release();
  }

  /** Nothing fails or waits any more. */
  heal(): void {
    this.#failures.length = 0;
    this.slow(false);
  }

  /** The log as the next server sees it; what the last one had asked for and was not done is never done. */
  open(): RoomLog {
    const server = ++this.#server;
    this.#held = [];
    const isCurrent = (): boolean => server === this.#server;
    const turn = async (): Promise<void> => {
      if (this.#isSlow) await new Promise<void>((release) => this.#held.push(release));
      // Whoever is gone waits for ever.
      if (!isCurrent()) await new Promise<never>(() => undefined);
    };
    const read = async (): Promise<void> => {
      if (this.#failures[0] !== 'read') return;
      this.#failures.shift();
      throw new Error('the store cannot be read');
    };
    const here = (isHere: boolean): StoredRoom | undefined =>
      isHere ? { ...this.stored, seq: this.events.length } : undefined;
    return {
      isShared: false,
      seqsOf: () => Promise.resolve(new Map([[this.stored.id, this.events.length]])),
      createRoom: () => Promise.reject(new Error('there is one room here')),
      countRooms: () => Promise.resolve(1),
      idleSince: () => Promise.resolve([]),
      removeRoom: () => Promise.resolve(),
      findByCode: async (code) => {
        await read();
        return here(!this.#ended && code === this.stored.code);
      },
      findEnded: async (code) => here(this.#ended && code === this.stored.code),
      findById: async (id) => here(id === this.stored.id),
      isCodeTaken: async (code) => code === this.stored.code,
      identity: async (hash) => {
        await read();
        return this.#identities.get(hash);
      },
      peopleOfDevice: async (_room, device) =>
        this.#devices.filter((one) => one.device === device).map(({ person }) => person),
      eventsAfter: async (room, seq, most) => {
        await read();
        return (await this.#log.eventsAfter(room, seq, most)).map(copy);
      },
      append: async (room, seen, work) => {
        await turn();
        if (this.#failures[0] === 'before') {
          this.#failures.shift();
          throw new Error('nothing was stored');
        }
        const value = await this.#log.append(room, seen, async (unseen, lookup) => {
          const done = await work(unseen.map(copy), {
            ...lookup,
            isCodeTaken: async (code) => code === this.stored.code,
          });
          const addition = copy(done.addition);
          this.#keep(addition);
          return { addition, value: done.value };
        });
        if (this.#failures[0] === 'after') {
          this.#failures.shift();
          throw new Error('it was stored, and the answer was lost');
        }
        await turn();
        return value;
      },
    };
  }

  #keep({ events, answers, identities, devices = [] }: Addition): void {
    for (const event of events) {
      this.events.push(event);
      if (event.type === 'code-rotated') this.stored = { ...this.stored, code: event.data.code };
      if (event.type === 'room-ended') this.#ended = true;
      if (event.type === 'run-started') this.#due.add(event.data.run);
      if (event.type === 'sweep-started') this.#due.add(event.data.sweep);
      if (event.type === 'run-ended') this.#due.delete(event.data.run);
      if (event.type === 'sweep-ended' || (event.type === 'sweep-measured' && event.data.done))
        this.#due.delete(event.data.sweep);
    }
    for (const { person, command, answer } of answers) {
      if (this.answersById.has(command)) this.repeated.push(`${command} of ${person}`);
      this.answersById.set(command, answer);
    }
    for (const mark of new Set(JSON.stringify(events).match(/mark\d+/g))) {
      if (this.#marks.has(mark)) this.repeated.push(mark);
      this.#marks.add(mark);
    }
    for (const { tokenHash, person } of identities) this.#identities.set(tokenHash, { room: this.stored.id, person });
    this.#devices.push(...devices);
  }
}

/** As it is after having been written and read. */
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
