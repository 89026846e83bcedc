/**
 * Somebody in the fuzz: the page's own log and outbox at the client's end of connections in memory. It keeps what a page keeps
 * (token, state), and comes back as a page does.
 */
import { LogFollower } from '../../client/room/log.ts';
import { createOutbox, type Outbox, type Sent } from '../../client/room/outbox.ts';
import type { CommandInput } from '../../shared/protocol/commands.ts';
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import type { Refusal } from '../../shared/protocol/refusal.ts';
import type { CommandAck, Welcome, You } from '../../shared/protocol/wire.ts';
import type { Connection, Network } from './network.ts';
import type { Wish } from './wishes.ts';

export type Given = {
  readonly name: string;
  readonly hostKey?: string;
  readonly role?: 'screen';
  readonly token?: string;
};
/** What became of a command; `unavailable` is no verdict: it may have been stored. */
export type Verdict = { readonly id: string; readonly ack: CommandAck };

const answerWithin = 5000;

export class FuzzPerson {
  log = new LogFollower();
  outbox: Outbox;
  you: You | null = null;
  connection: Connection | null = null;
  /** Where it stands: `out` for good, until it comes as somebody new. */
  standing: 'away' | 'connecting' | 'waiting' | 'in' | 'out' = 'away';
  code: string;
  token: string | undefined;
  readonly #given: Given;
  readonly #device: string;
  readonly #verdicts: Verdict[];
  #unanswered = new Map<number, (said: unknown) => void>();
  #acks = 0;
  #name: string;
  #waiting: readonly Sent[] = [];

  constructor(given: Given, code: string, verdicts: Verdict[]) {
    this.#given = given;
    this.#name = given.name;
    this.#device = `device-of-${given.name}-in-the-fuzz`;
    this.#verdicts = verdicts;
    this.code = code;
    this.token = given.token;
    this.outbox = this.#newOutbox();
  }

  get isSettled(): boolean {
    return this.#waiting.length === 0;
  }

  /** Knocks. Whoever has forgotten the state has the page loaded anew; `log` is one that the server may not have. */
  connect(network: Network, memory: 'all' | 'forgotten' | 'another log'): void {
    if (memory === 'forgotten') this.log = new LogFollower();
    const { followed } = this.log;
    const known = followed === null ? {} : { log: followed.log, seq: followed.seq };
    const { hostKey, role } = this.#given;
    this.connection = network.connect({
      protocol: 1,
      code: this.code,
      name: this.#name,
      device: this.#device,
      ...(hostKey === undefined ? {} : { hostKey }),
      ...(role === undefined ? {} : { role }),
      ...(this.token === undefined ? {} : { token: this.token }),
      ...(memory === 'another log' ? { log: 'of-another-history', seq: 3 } : known),
    });
    this.standing = 'connecting';
    const { connection } = this;
    connection.hear = (message) => {
      if (connection !== this.connection) return;
      switch (message.kind) {
        case 'connected':
          return;
        case 'refused':
          return this.#refused(JSON.parse(message.payload) as Refusal);
        case 'ack':
          return this.#unanswered.get(message.ack)?.(JSON.parse(message.payload));
        case 'closed':
          return this.lost();
        case 'event':
          return this.#event(message.name, JSON.parse(message.payload));
        default:
          message satisfies never;
      }
    };
  }

  /** The line is gone, and this end knows it. */
  lost(): void {
    this.connection = null;
    if (this.standing !== 'out') this.standing = 'away';
    this.outbox.hold();
    const unanswered = this.#unanswered;
    this.#unanswered = new Map();
    for (const answer of unanswered.values()) answer(null);
  }

  /** Sends a command, now or when the line is back. */
  send({ type, data }: Wish): void {
    const before = new Set(this.#waiting.map(({ id }) => id));
    // What the page would not send is sent all the same.
    const answered = this.outbox.send(type, data as CommandInput<typeof type>);
    const id = this.#waiting.find((sent) => !before.has(sent.id))?.id;
    if (id === undefined) throw new Error('the outbox does not say what it sends');
    void answered.then((ack) => this.#verdicts.push({ id, ack }));
  }

  /** Sends something that is no command at all. */
  sendRaw(input: unknown): void {
    this.#emit('command', input, () => undefined);
  }

  #newOutbox(): Outbox {
    return createOutbox(
      (command, within, answer) => {
        this.#emit('command', command, (said) => answer(said as CommandAck | null), within);
      },
      (waiting) => {
        this.#waiting = waiting;
      },
    );
  }

  #emit(name: string, payload: unknown, hear: (said: unknown) => void, within = answerWithin): void {
    const ack = ++this.#acks;
    const answer = (said: unknown): void => {
      clearTimeout(timer);
      this.#unanswered.delete(ack);
      hear(said);
    };
    const timer = setTimeout(() => answer(null), within);
    this.#unanswered.set(ack, answer);
    this.connection?.toServer.push({ kind: 'event', name, payload: JSON.stringify(payload) ?? 'null', ack });
  }

  #event(name: string, payload: unknown): void {
    switch (name) {
      case 'welcome':
        return this.#welcome(payload as Welcome);
      case 'event':
        if (this.log.take(payload as NumberedEvent) === 'gap') this.#askForMissing();
        this.#follow();
        return;
      case 'waiting': {
        const { you } = payload as { you: You };
        this.token = you.token;
        this.you = you;
        this.standing = 'waiting';
        return;
      }
      case 'ended':
        this.standing = 'out';
        return;
      default:
    }
  }

  #welcome(welcome: Welcome): void {
    this.log.welcome(welcome);
    this.you = welcome.you;
    this.token = welcome.you.token;
    this.standing = 'in';
    this.#follow();
    this.outbox.resend();
  }

  /** The code changes, and people change their names. */
  #follow(): void {
    const { followed } = this.log;
    if (followed === null) return;
    this.code = followed.state.code;
  }

  #askForMissing(): void {
    const { followed } = this.log;
    if (followed === null) return;
    const { log, seq } = followed;
    this.#emit('resume', { log, seq }, (said) => {
      if (said !== null && typeof said === 'object' && 'you' in said) this.#welcome(said as Welcome);
    });
  }

  /** The page loaded anew, by somebody whom nobody knows. */
  #comeAsNew(): void {
    this.token = undefined;
    this.log = new LogFollower();
    this.#waiting = [];
    this.outbox = this.#newOutbox();
  }

  #refused({ code, suggestion, banned }: Refusal): void {
    this.lost();
    switch (code) {
      case 'unauthorized':
        return this.#comeAsNew();
      case 'removed':
        if (banned === true) this.standing = 'out';
        else this.#comeAsNew();
        return;
      case 'name-taken':
        this.#name = suggestion ?? `${this.#name} again`;
        return;
      case 'room-ended':
      case 'room-not-found':
        this.standing = 'out';
        return;
      default:
    }
  }
}
