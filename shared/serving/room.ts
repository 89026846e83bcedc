/**
 * One room on this server: its state, and the queue in which its commands wait. A batch of the queue is one transaction of
 * the log; what was committed is then folded, published and acknowledged, in that order. What others have appended to the log is
 * read in the same queue, so that events are published in the order of the log, whoever wrote them.
 */
import { digestOfText } from '../core/digest.ts';
import { decide, decideServer } from '../protocol/decide.ts';
import type { Circumstances, Decision } from '../protocol/decision.ts';
import { type Command, parseCommand, type ServerCommand } from '../protocol/commands.ts';
import type { NumberedEvent } from '../protocol/events.ts';
import { evolve } from '../protocol/evolve.ts';
import { idsOf } from '../protocol/merge-people.ts';
import { evolveSecrets, noSecrets, type Secrets } from '../protocol/secrets.ts';
import { refused } from '../protocol/refusal.ts';
import type { PersonId, RoomState } from '../protocol/state.ts';
import type { CommandAck } from '../protocol/wire.ts';
import type { Claim } from '../training/store.ts';
import type { Addition, EventLog, Lookup, StoredRoom } from './log.ts';

/** Something that waits for its turn: a person's message as it came, what the server itself asks, or what came of training. */
type Request =
  | { readonly kind: 'person'; readonly person: PersonId; readonly input: unknown }
  | { readonly kind: 'server'; readonly command: ServerCommand; readonly proofs: Proofs }
  | { readonly kind: 'training'; readonly command: ServerCommand; readonly claim: Claim };
type Waiting = Request & { readonly answer: (ack: CommandAck) => void; readonly fail: (error: unknown) => void };

/** Hashes by which the person of a `join` or `return` is known later: of the token, and of the device they come from. */
export type Proofs = { readonly token?: string; readonly device?: string };

/** Whose commands an event came from: those of this queue, or those of another server, read from the log. */
export type Origin = 'here' | 'elsewhere';
export type RoomListener = (event: NumberedEvent, origin: Origin) => void;

/** What a room needs from around it. */
export type RoomSurroundings = {
  readonly log: EventLog;
  readonly circumstances: (room: Room) => Omit<Circumstances, 'secrets' | 'newCode' | 'seed'>;
  /** Draws a code at random. */
  readonly newCode: () => string;
  /** Hears of a listener that failed; the room and its other listeners go on. */
  readonly onFault?: ((error: unknown) => void) | undefined;
  /** Draws a whole number from 0 to 2^52 at random. */
  readonly newSeed: () => number;
};

/** What the events so far amount to. */
type Folded = { readonly state: RoomState; readonly secrets: Secrets };

/** A command that was refused, by what it asked. */
type Refused = { readonly digest: string; readonly ack: CommandAck };
const digestOfCommand = (command: Command): string => digestOfText(JSON.stringify(command));

/** Commands of one transaction at most, so that a flood cannot hold the store. */
const BATCH = 64;
/** So many events are remembered of commits that failed: those of two batches, of which most make one event. */
const UNSURE = 4 * BATCH;
/** So many refused commands are remembered, the newest; copies of one come within seconds. */
const REFUSALS = 1000;

export class Room {
  readonly stored: StoredRoom;
  readonly #around: RoomSurroundings;
  readonly #listeners = new Set<RoomListener>();
  #state: RoomState;
  #secrets: Secrets;
  #seq: number;
  #lastAt: number;
  readonly #refused = new Map<string, Refused>();
  /** What was decided here and is not known to be stored. */
  #unsure: NumberedEvent[] = [];
  #waiting: Waiting[] = [];
  /** Those who wait until the room has what is in the log. */
  #catching: PromiseWithResolvers<void> | null = null;
  #working = false;

  private constructor(
    stored: StoredRoom,
    folded: Folded,
    last: Pick<NumberedEvent, 'seq' | 'at'>,
    around: RoomSurroundings,
  ) {
    this.stored = stored;
    this.#state = folded.state;
    this.#secrets = folded.secrets;
    this.#seq = last.seq;
    this.#lastAt = last.at;
    this.#around = around;
  }

  /** Opens a room by folding its log. */
  static async open(stored: StoredRoom, around: RoomSurroundings): Promise<Room> {
    const events = await around.log.eventsAfter(stored.id, 0);
    const state = events.reduce<RoomState | null>(evolve, null);
    const last = events.at(-1);
    if (state === null || last === undefined)
      throw new Error(`invariant violation: room ${stored.id} has an empty log`);
    const secrets = events.reduce(evolveSecrets, noSecrets);
    return new Room(stored, { state, secrets }, last, around);
  }

  get state(): RoomState {
    return this.#state;
  }

  /** What people have told the room in confidence. */
  get secrets(): Secrets {
    return this.#secrets;
  }

  get seq(): number {
    return this.#seq;
  }

  /** When the last thing happened, in ms of the server's clock. */
  get lastAt(): number {
    return this.#lastAt;
  }

  /** Whether something waits or is being committed. */
  get busy(): boolean {
    return this.#working;
  }

  /** Hears every event after it was committed and folded, in order, until the returned function is called. */
  subscribe(listener: RoomListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Submits what a person sent; resolves with the ack once the outcome is durable. Rejects when the store is away. */
  command(person: PersonId, input: unknown): Promise<CommandAck> {
    return this.#submit({ kind: 'person', person, input });
  }

  /** Submits what the server asks; the proofs become those of the person whom a `join` or `return` is about. */
  ask(command: ServerCommand, proofs: Proofs = {}): Promise<CommandAck> {
    return this.#submit({ kind: 'server', command, proofs });
  }

  /** Submits what came of an attempt at training; refused with `conflict` where another attempt has begun. */
  record(command: ServerCommand, claim: Claim): Promise<CommandAck> {
    return this.#submit({ kind: 'training', command, claim });
  }

  /** Reads the events after a number from the log, in order; the first `most` of them where that is given. */
  eventsAfter(seq: number, most?: number): Promise<NumberedEvent[]> {
    return this.#around.log.eventsAfter(this.stored.id, seq, most);
  }

  /**
   * Reads what others have appended to the log, up to event `to` at least, and publishes it. Resolves once the room has it; rejects
   * when the store is away.
   */
  catchUp(to = Infinity): Promise<void> {
    if (!this.#around.log.isShared || to <= this.#seq) return Promise.resolve();
    this.#catching ??= Promise.withResolvers<void>();
    const { promise } = this.#catching;
    if (!this.#working) void this.#work();
    return promise;
  }

  #submit(request: Request): Promise<CommandAck> {
    const { promise, resolve, reject } = Promise.withResolvers<CommandAck>();
    this.#waiting.push({ ...request, answer: resolve, fail: reject });
    if (!this.#working) void this.#work();
    return promise;
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (;;) {
      if (this.#waiting.length > 0) await this.#answer(this.#waiting.splice(0, BATCH));
      else if (this.#catching !== null) await this.#read(this.#catching);
      else break;
    }
    this.#working = false;
  }

  /**
   * Commits a batch, and once more where that fails: a store that has gone in the middle does not say whether it took effect. What
   * did is found again by its id, and is applied once.
   */
  async #commitSurely(batch: readonly Waiting[]): Promise<CommandAck[]> {
    try {
      return await this.#commit(batch);
    } catch {
      return this.#commit(batch);
    }
  }

  async #answer(batch: readonly Waiting[]): Promise<void> {
    try {
      const answers = await this.#commitSurely(batch);
      for (const [index, waiting] of batch.entries()) {
        const ack = answers[index];
        if (ack !== undefined) waiting.answer(ack);
      }
    } catch (error) {
      for (const waiting of batch) waiting.fail(error);
    }
  }

  async #read({ resolve, reject }: PromiseWithResolvers<void>): Promise<void> {
    // Whoever asks from here on may want what is written after this was read.
    this.#catching = null;
    try {
      for (const event of await this.eventsAfter(this.#seq)) this.#publish(event, this.#originOf(event));
      resolve();
    } catch (error) {
      reject(error);
    }
  }

  async #commit(batch: readonly Waiting[]): Promise<CommandAck[]> {
    const { log } = this.#around;
    const committed = await log.append(this.stored.id, this.#seq, async (unseen, lookup) => {
      const state = unseen.reduce<RoomState>(evolve, this.#state);
      const secrets = unseen.reduce(evolveSecrets, this.#secrets);
      const draft = new Draft({ state, secrets }, this.#seq + unseen.length);
      const acks: CommandAck[] = [];
      for (const waiting of batch) acks.push(await this.#judge(draft, waiting, lookup));
      this.#unsure = [...this.#unsure, ...draft.addition.events].slice(-UNSURE);
      return { addition: draft.addition, value: { acks, unseen, decided: draft.addition.events } };
    });
    // Published before anything is acknowledged: whoever has an ack has, or is about to have, its events.
    for (const event of committed.unseen) this.#publish(event, this.#originOf(event));
    for (const event of committed.decided) this.#publish(event, 'here');
    this.#unsure = [];
    return committed.acks;
  }

  async #judge(draft: Draft, waiting: Request, lookup: Lookup): Promise<CommandAck> {
    const { circumstances, newCode, newSeed } = this.#around;
    const given = { ...circumstances(this), newCode: newCode(), seed: newSeed(), secrets: draft.secrets };
    if (waiting.kind === 'server') {
      const { command, proofs } = waiting;
      // Whoever joins is known by the new token: that names the command.
      const joining = command.type === 'join' ? proofs.token : undefined;
      const joined = joining === undefined ? null : await lookup.answerTo('server', joining);
      if (joined !== null) return joined;
      const decision = decideServer(draft.state, command, given);
      const person = decision.ok ? String(decision.result?.['person']) : '';
      const ack = draft.take(decision, command.type === 'join' ? person : 'server', given.now);
      if (ack.ok) draft.prove(person, proofs);
      if (ack.ok && joining !== undefined) draft.remember('server', joining, ack);
      return ack;
    }
    if (waiting.kind === 'training') {
      const { claim, command } = waiting;
      if (!(await lookup.isHeld(claim)))
        return refused('conflict', `attempt ${claim.attempt} at ${claim.run} is not the newest one`);
      return draft.take(decideServer(draft.state, command, given), 'server', given.now);
    }
    const parsed = parseCommand(waiting.input);
    if (!parsed.ok) return parsed;
    const { id, command } = parsed.value;
    // Whoever was merged into this person sent it under the name that they had then.
    for (const name of idsOf(draft.state, waiting.person)) {
      const before = this.#refused.get(`${name} ${id}`);
      if (before !== undefined && before.digest === digestOfCommand(command)) return before.ack;
      const earlier = draft.answerTo(name, id) ?? (await lookup.answerTo(name, id));
      if (earlier !== null) return earlier;
    }
    if (command.type === 'rotate-code') while (await lookup.isCodeTaken(given.newCode)) given.newCode = newCode();
    const ack = draft.take(decide(draft.state, waiting.person, command, given), waiting.person, given.now);
    if (ack.ok) draft.remember(waiting.person, id, ack);
    else this.#rememberRefusal(`${waiting.person} ${id}`, { digest: digestOfCommand(command), ack });
    return ack;
  }

  /** Whether an event that was found in the log was decided here, in a commit of which no answer came. */
  #originOf({ seq, at, by, type }: NumberedEvent): Origin {
    const isOurs = this.#unsure.some(
      (event) => event.seq === seq && event.at === at && event.by === by && event.type === type,
    );
    return isOurs ? 'here' : 'elsewhere';
  }

  /** A copy of a refused command that comes late, over a line that was given up, must not be accepted after all. */
  #rememberRefusal(key: string, refused: Refused): void {
    this.#refused.set(key, refused);
    for (const oldest of this.#refused.keys()) {
      if (this.#refused.size <= REFUSALS) return;
      this.#refused.delete(oldest);
    }
  }

  #publish(event: NumberedEvent, origin: Origin): void {
    this.#state = evolve(this.#state, event);
    this.#secrets = evolveSecrets(this.#secrets, event);
    this.#seq = event.seq;
    this.#lastAt = event.at;
    for (const listener of this.#listeners) {
      try {
        listener(event, origin);
      } catch (error) {
        this.#around.onFault?.(error);
      }
    }
  }
}

/** What a batch has decided so far, before it is committed. */
class Draft {
  readonly addition: {
    events: NumberedEvent[];
    answers: Addition['answers'][number][];
    identities: Addition['identities'][number][];
    devices: NonNullable<Addition['devices']>[number][];
  } = {
    events: [],
    answers: [],
    identities: [],
    devices: [],
  };
  state: RoomState;
  secrets: Secrets;
  #seq: number;

  constructor({ state, secrets }: Folded, seq: number) {
    this.state = state;
    this.secrets = secrets;
    this.#seq = seq;
  }

  take(decision: Decision, by: PersonId | 'server', at: number): CommandAck {
    if (!decision.ok) return decision;
    for (const event of decision.events) {
      const numbered: NumberedEvent = { seq: ++this.#seq, at, by, ...event };
      this.state = evolve(this.state, numbered);
      this.secrets = evolveSecrets(this.secrets, numbered);
      this.addition.events.push(numbered);
    }
    return { ok: true, seq: this.#seq, ...(decision.result === undefined ? {} : { result: decision.result }) };
  }

  prove(person: PersonId, { token, device }: Proofs): void {
    if (token !== undefined) this.addition.identities.push({ tokenHash: token, person });
    if (device !== undefined) this.addition.devices.push({ device, person });
  }

  remember(person: PersonId, command: string, answer: CommandAck): void {
    this.addition.answers.push({ person, command, answer });
  }

  answerTo(person: PersonId, command: string): CommandAck | null {
    return this.addition.answers.find((saved) => saved.person === person && saved.command === command)?.answer ?? null;
  }
}
