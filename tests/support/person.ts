/** A person over the wire: a small client that folds what it hears, as any client must. */
import { io, type Socket } from 'socket.io-client';
import { evolve } from '../../shared/protocol/evolve.ts';
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import type { Refusal } from '../../shared/protocol/refusal.ts';
import type { RoomState } from '../../shared/protocol/state.ts';
import type { CommandAck, Presence, Tick, Welcome } from '../../shared/protocol/wire.ts';

export type RoomTicket = {
  readonly id: string;
  readonly code: string;
  readonly hostKey: string;
  readonly url: string;
  readonly hostUrl: string;
};

/** Opens a room over HTTP. */
export async function openRoom(url: string, wish: object = {}): Promise<RoomTicket> {
  const response = await fetch(`${url}/api/rooms`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });
  if (response.status !== 201) throw new Error(`POST /api/rooms answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as RoomTicket;
}

export type JoinOptions = {
  /** What the person already has, for a connection that wants only the rest. */
  readonly seen?: Pick<Person, 'state' | 'seq'>;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A connection that the server did not admit. */
class NotAdmitted extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** Tries to connect and returns why it was refused; throws where it was not. */
export async function refusalOf(url: string, auth: object, options: JoinOptions = {}): Promise<Refusal> {
  const person = await Person.join(url, auth, options).catch((error: unknown) => {
    if (error instanceof NotAdmitted) return error.refusal;
    throw error;
  });
  if (!(person instanceof Person)) return person;
  person.disconnect();
  throw new Error(`admitted as ${person.id}`);
}

let connections = 0;

export class Person {
  readonly socket: Socket;
  readonly welcome: Welcome;
  readonly events: NumberedEvent[] = [];
  readonly ticks: Tick[];
  readonly presences: Presence[];
  state: RoomState;
  seq: number;
  readonly #connection = ++connections;
  readonly #watchers: (() => void)[] = [];
  #commands = 0;

  private constructor(socket: Socket, welcome: Welcome, seen: JoinOptions['seen'], heard: Heard) {
    this.socket = socket;
    this.welcome = welcome;
    this.ticks = heard.ticks;
    this.presences = heard.presences;
    if ('state' in welcome) {
      this.state = welcome.state;
      this.seq = welcome.seq;
    } else {
      if (seen === undefined) throw new Error('the welcome has only events for a person who has seen nothing');
      this.state = seen.state;
      this.seq = seen.seq;
      for (const event of welcome.events) this.#take(event);
    }
    for (const event of heard.events) this.#take(event);
    socket.off('event').on('event', (event: NumberedEvent) => this.#take(event));
  }

  /** Connects and waits for the welcome; rejects with the server's refusal. */
  static async join(url: string, auth: object, options: JoinOptions = {}): Promise<Person> {
    const socket = io(url, {
      auth: { protocol: 1, ...auth },
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: { ...options.headers },
    });
    // Events and frames may come before the welcome, and nothing of them may be missed.
    const heard: Heard = { events: [], ticks: [], presences: [] };
    socket.on('event', (event: NumberedEvent) => heard.events.push(event));
    socket.on('tick', (tick: Tick) => heard.ticks.push(tick));
    socket.on('presence', (presence: Presence) => heard.presences.push(presence));
    const { promise, resolve, reject } = Promise.withResolvers<Welcome>();
    socket.once('welcome', resolve);
    socket.once('connect_error', reject);
    socket.once('disconnect', (reason) => reject(new Error(`disconnected before the welcome: ${reason}`)));
    try {
      return new Person(socket, await promise, options.seen, heard);
    } catch (error) {
      socket.disconnect();
      throw error instanceof Error && 'data' in error ? new NotAdmitted(error.data as Refusal) : error;
    }
  }

  get id(): string {
    return this.welcome.you.id;
  }

  get token(): string {
    return this.welcome.you.token;
  }

  /** Who is connected, as last heard. */
  get connected(): readonly string[] {
    return this.presences.at(-1)?.connected ?? [];
  }

  /** The next message of a kind that comes, or the end of the connection. */
  hear<T extends keyof Hearable>(kind: T): Promise<Hearable[T]> {
    return new Promise((resolve) => this.socket.once(kind as string, resolve));
  }

  /** Sends a command and waits for its answer. */
  send(type: string, data: object = {}, id = `c${this.#connection}-${++this.#commands}`): Promise<CommandAck> {
    return this.raw({ id, type, data });
  }

  /** Sends a command that must be accepted, and returns what its answer tells. */
  async do(type: string, data: object = {}): Promise<Readonly<Record<string, string | number>>> {
    const ack = await this.send(type, data);
    if (!ack.ok) throw new Error(`${type} was refused: ${ack.error.code}, ${ack.error.message}`);
    return ack.result ?? {};
  }

  /** Sends a command that must be refused, and returns why. */
  async refused(type: string, data: object = {}): Promise<Refusal> {
    const ack = await this.send(type, data);
    if (ack.ok) throw new Error(`${type} was accepted`);
    return ack.error;
  }

  /** Sends whatever as a command. */
  raw(input: unknown): Promise<CommandAck> {
    return this.socket.timeout(20_000).emitWithAck('command', input) as Promise<CommandAck>;
  }

  /** Waits until the state that this person sees satisfies a condition. */
  async until(condition: (state: RoomState) => boolean): Promise<void> {
    while (!condition(this.state)) {
      await new Promise<void>((resolve) => this.#watchers.push(resolve));
    }
  }

  /** Drops the connection, as a closed lid does; the person stays in the room. */
  disconnect(): void {
    this.socket.disconnect();
  }

  #take(event: NumberedEvent): void {
    if (event.seq <= this.seq) return;
    if (event.seq !== this.seq + 1) throw new Error(`event ${event.seq} came after ${this.seq}`);
    this.seq = event.seq;
    this.state = evolve(this.state, event);
    this.events.push(event);
    for (const wake of this.#watchers.splice(0)) wake();
  }
}

type Heard = { readonly events: NumberedEvent[]; readonly ticks: Tick[]; readonly presences: Presence[] };

type Hearable = {
  readonly welcome: Welcome;
  readonly event: NumberedEvent & { readonly private?: unknown };
  readonly ended: undefined;
  readonly disconnect: string;
};
