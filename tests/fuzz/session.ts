/**
 * One session of the fuzz: a server with the real edge, admission, registry and rooms over a network and a store in memory, some
 * people, and operations by seed. After every operation everything is seen to hold that has to hold.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { vi } from 'vitest';
import { Admission } from '../../server/rooms/admission.ts';
import { Registry } from '../../server/rooms/registry.ts';
import { hashOf } from '../../server/rooms/secrets.ts';
import { serveSockets, type SocketEdge } from '../../server/sockets.ts';
import { machineTime } from '../../server/time.ts';
import { digestOfText } from '../../shared/core/digest.ts';
import { engineFor } from '../../shared/core/kernels/choice.ts';
import { evolve } from '../../shared/protocol/evolve.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { entryOf } from '../../shared/protocol/merge-people.ts';
import { leads } from '../../shared/protocol/roles.ts';
import { evolveSecrets, noSecrets, type Secrets, secretsFor } from '../../shared/protocol/secrets.ts';
import { lookUp, type RoomState } from '../../shared/protocol/state.ts';
import type { Room } from '../../shared/serving/room.ts';
import { threeSteps } from '../protocol/room.ts';
import { configured } from '../core/networks.ts';
import { Chance } from './chance.ts';
import { Network, type ServerSocket } from './network.ts';
import { FuzzPerson, type Given, type Verdict } from './person.ts';
import { difference } from './same.ts';
import { FailingStore } from './store.ts';
import { PretendTrainer } from './trainer.ts';
import { spoilt, wish } from './wishes.ts';

const id = 'room-of-the-fuzz';
const hostKey = 'the-host-key-of-the-fuzz';
const began = 1_900_000_000_000;
const base = configured({
  dataset: { name: 'xor', train: 20, test: 0 },
  hidden: [4, 3],
  batchSize: 10,
  epochs: 5,
  measureEvery: 1,
});

/** What happens, how often out of a hundred. */
const kinds = {
  deliver: 34,
  send: 30,
  train: 8,
  wait: 6,
  return: 6,
  cut: 4,
  notice: 3,
  spoil: 3,
  newcomer: 1.5,
  window: 1,
  slow: 1.5,
  fail: 1.5,
  throw: 0.5,
  restart: 1,
} as const;
export type Operation = { readonly kind: keyof typeof kinds; readonly salt: number };

/** Draws the operations of a seed. Each has chance of its own, so that leaving one out changes no other. */
export function operationsOf(seed: number, count: number): Operation[] {
  const chance = new Chance(seed, 1);
  const all = Object.entries(kinds) as [Operation['kind'], number][];
  const sum = all.reduce((total, [, share]) => total + share, 0);
  return Array.from({ length: count }, (_, n) => {
    let left = chance.draw() * sum;
    const found = all.find(([, share]) => (left -= share) < 0);
    return { kind: found?.[0] ?? 'deliver', salt: n };
  });
}

/** What was violated. */
export class Violation extends Error {}

type Server = {
  readonly network: Network;
  readonly registry: Registry;
  readonly edge: SocketEdge;
  readonly trainer: PretendTrainer;
  room: Room | null;
  /** The next event makes somebody in the server stumble. */
  throwsNext: boolean;
};

export class Session {
  readonly #seed: number;
  readonly #store: FailingStore;
  readonly #verdicts: Verdict[] = [];
  readonly #people: FuzzPerson[] = [];
  #server: Server;
  #violation: string | null = null;
  #marks = 0;
  #judged = 0;
  /** The log as somebody folds it who reads nothing else. */
  #folded: { state: RoomState | null; secrets: Secrets; seq: number } = { state: null, secrets: noSecrets, seq: 0 };
  accepted = 0;
  refused = 0;

  constructor(seed: number) {
    this.#seed = seed;
    vi.clearAllTimers();
    vi.setSystemTime(began);
    const stored = { id, code: 'FUZZED', log: 'log-of-the-fuzz', hostKeyHash: hashOf(hostKey), seq: 1 };
    const data = { id, code: stored.code, title: '', language: 'en', experiment: 'book-2', base } as const;
    const lesson = seed % 2 === 0 ? { lesson: threeSteps } : {};
    const first = { seq: 1, at: began, by: 'server', type: 'room-created', data: { ...data, ...lesson } } as const;
    this.#store = new FailingStore(stored, first);
    this.#server = this.#start();
    const given: Given[] = [
      { name: 'Host', hostKey },
      { name: 'Ada' },
      { name: 'Bob' },
      { name: 'Eve' },
      { name: 'Screen', role: 'screen' },
    ];
    for (const one of given) this.#newPerson(one);
  }

  /** Does the operations one after the other; throws a violation as soon as there is one. */
  async run(operations: readonly Operation[]): Promise<void> {
    try {
      await this.#server.registry.connect(this.#server.trainer);
      for (const person of this.#people) person.connect(this.#server.network, 'all');
      await this.#deliverAll();
      await this.#check();
      for (const operation of operations) {
        this.#do(operation);
        await settle();
        await this.#check();
      }
      await this.#end();
    } finally {
      await this.#server.edge.close();
      await this.#server.registry.close();
      this.#store.heal();
    }
  }

  #start(): Server {
    const log = this.#store.open();
    const { runs } = this.#store;
    const registry = new Registry({
      log,
      runs,
      limits: { ...defaultLimits, maxPeople: 12 },
      maxRooms: 10,
      retentionDays: 30,
      engineFor,
      secondsOf: () => 1,
      now: Date.now,
      acting: { chance: () => 0, later: machineTime.later },
    });
    const network = new Network((socket, name, payload) => this.#watch(socket, name, payload));
    const parts = {
      admission: new Admission(registry, log, Date.now),
      now: Date.now,
      addressOf: () => '127.0.0.1',
      log: { error: () => undefined },
      counted: { command: () => undefined, late: () => undefined },
    };
    const lines = {
      backlogOf: () => ({ messages: 0, bytes: 0 }),
      giveUp: () => undefined,
      guard: () => undefined,
    };
    const edge = serveSockets(network.io, parts, lines);
    const trainer = new PretendTrainer(runs, registry.reports);
    const server: Server = { network, registry, edge, trainer, room: null, throwsNext: false };
    void this.#follow(server);
    return server;
  }

  /** Has a look into the room of a server, and stumbles there when it is told to. */
  async #follow(server: Server): Promise<void> {
    for (;;) {
      const open = await server.registry.byId(id).catch((error: unknown) => {
        if (!String(error).includes('the store cannot be read'))
          this.#violated(`the room cannot be opened: ${String(error)}`);
        return null;
      });
      // Another server may be in its place by now.
      if (this.#violation !== null || server !== this.#server) return;
      if (open === null) continue;
      server.room = open.room;
      open.room.subscribe(() => {
        if (!server.throwsNext) return;
        server.throwsNext = false;
        throw new Error('somebody stumbled');
      });
      return;
    }
  }

  #newPerson(given: Given): FuzzPerson {
    const person = new FuzzPerson(given, this.#store.stored.code, this.#verdicts);
    this.#people.push(person);
    return person;
  }

  #do({ kind, salt }: Operation): void {
    const chance = new Chance(this.#seed, 100 + salt);
    const { network, trainer } = this.#server;
    const person = chance.one([...this.#people] as [FuzzPerson, ...FuzzPerson[]]);
    switch (kind) {
      case 'deliver': {
        const waiting = network.connections.filter(({ toServer, toClient }) => toServer.length + toClient.length > 0);
        const connection = chance.pick(waiting);
        const many = chance.happens(0.3) ? 1 : 40;
        for (let n = many; n > 0; n--) {
          if (chance.happens(0.5)) connection?.deliverToServer();
          else connection?.deliverToClient();
        }
        return;
      }
      case 'send': {
        // Half of what is done in a room is done by its host.
        const sender = chance.happens(0.4) ? (this.#people[0] ?? person) : person;
        const { log, you } = sender;
        const { followed } = log;
        if (followed === null || you === null || sender.connection === null) return;
        const knowing = { state: followed.state, secrets: followed.secrets, you: you.id };
        return sender.send(wish(chance, knowing, `mark${++this.#marks}`));
      }
      case 'spoil': {
        const { followed } = person.log;
        if (followed === null || person.you === null || person.connection === null) return;
        const { type, data } = wish(chance, { ...followed, you: person.you.id }, `mark${++this.#marks}`);
        if (chance.happens(0.5)) return person.sendRaw(spoilt(chance, { id: `spoilt-${salt}`, type, data }));
        return person.sendRaw({ id: `spoilt-${salt}`, type, data: spoilt(chance, data) });
      }
      case 'train':
        // Where it cannot be reported, it is reported again.
        return void trainer.work(chance).catch(() => undefined);
      case 'wait':
        return void vi.advanceTimersByTime(chance.one([20, 20, 200, 600, 600, 5600]));
      case 'cut':
        person.connection?.cut(chance.happens(0.5));
        return person.lost();
      case 'notice':
        for (const connection of network.connections) if (connection.clientGone) connection.notice();
        return;
      case 'return': {
        const away = chance.pick(this.#people.filter(({ standing }) => standing === 'away'));
        return away?.connect(network, chance.one(['all', 'all', 'forgotten', 'another log']));
      }
      case 'newcomer':
        if (this.#people.length < 9) this.#newPerson({ name: `New ${salt}` }).connect(network, 'all');
        return;
      case 'window':
        if (this.#people.length < 9 && person.token !== undefined)
          this.#newPerson({ name: `Window ${salt}`, token: person.token }).connect(network, 'all');
        return;
      case 'slow':
        return this.#store.slow(chance.happens(0.5));
      case 'fail':
        return this.#store.fail(chance.one(['before', 'after', 'read']));
      case 'throw':
        if (chance.happens(0.5)) this.#server.throwsNext = true;
        else trainer.failsNext = true;
        return;
      case 'restart':
        return this.#restart();
      default:
        kind satisfies never;
    }
  }

  /** The server is killed, and another one begins with what is stored. */
  #restart(): void {
    const { network, edge, registry } = this.#server;
    network.close();
    void edge.close();
    void registry.close().catch(() => undefined);
    for (const person of this.#people) {
      person.connection?.cut(true);
      person.lost();
    }
    this.#server = this.#start();
    void this.#server.registry.connect(this.#server.trainer).catch(() => undefined);
  }

  /** Sees every message before it is sent: what may not be known, and who may hear nothing any more. */
  #watch(socket: ServerSocket, name: string, payload: string): void {
    const state = this.#server.room?.state;
    const receiver = socket.data.admitted?.person;
    if (state === undefined || receiver === undefined) return;
    const person = lookUp(state.people, receiver);
    const entry = entryOf(state, receiver);
    if (person === undefined || entry === undefined) return this.#violated(`${receiver} is nobody and is sent ${name}`);
    for (const [, owner = ''] of payload.matchAll(/secret-(person-\d+)-/g)) {
      const mayKnow = leads(entry.role) || entryOf(state, owner)?.id === entry.id;
      if (!mayKnow) this.#violated(`${receiver} is told what ${owner} said in confidence, in ${name}`);
    }
    if (name === 'ended') return;
    if (person.waiting === true && name !== 'waiting')
      this.#violated(`${receiver} waits at the door and is sent ${name}`);
    const isOut = !person.here && person.waiting !== true;
    const about = name === 'event' ? (JSON.parse(payload) as { data: { person?: unknown } }).data.person : undefined;
    if (isOut && about !== receiver) this.#violated(`${receiver} is out and is sent ${name} ${payload.slice(0, 80)}`);
  }

  #violated(what: string): void {
    this.#violation ??= what;
  }

  async #check(): Promise<void> {
    const { events } = this.#store;
    for (const event of events.slice(this.#folded.seq)) {
      const { state, secrets, seq } = this.#folded;
      if (event.seq !== seq + 1) this.#violated(`event ${event.seq} follows ${seq}`);
      this.#folded = { state: evolve(state, event), secrets: evolveSecrets(secrets, event), seq: event.seq };
    }
    const { room } = this.#server;
    const folded = this.#folded;
    if (room !== null && room.seq === folded.seq) {
      const found = difference(room.state, folded.state) ?? difference(room.secrets, folded.secrets);
      if (found !== null) this.#violated(`the log folded anew is another state: ${found}`);
    }
    for (const { log, you } of this.#people) {
      const { followed } = log;
      if (followed === null || followed.seq !== folded.seq) continue;
      const found = difference(followed.state, folded.state);
      if (found !== null) this.#violated(`${you?.id} has another state at ${followed.seq}: ${found}`);
    }
    for (const repeated of this.#store.repeated) this.#violated(`${repeated} is in the log twice`);
    for (const verdict of this.#verdicts.slice(this.#judged)) this.#judge(verdict);
    this.#judged = this.#verdicts.length;
    if (this.#violation !== null) throw new Violation(this.#violation);
  }

  /** What somebody was told of a command is what is stored of it. */
  #judge({ id: command, ack }: Verdict): void {
    const stored = this.#store.answersById.get(command);
    if (ack.ok) {
      this.accepted++;
      if (difference(ack, stored) !== null)
        this.#violated(`acknowledged is ${JSON.stringify(ack)}, stored is ${JSON.stringify(stored)}`);
    } else {
      this.refused++;
      if (ack.error.code !== 'unavailable' && stored !== undefined)
        this.#violated(`refused as ${ack.error.code} (${ack.error.message}), and stored all the same`);
    }
  }

  /** Everything works again, everybody comes back: then all know the same, and nothing is left to be answered. */
  async #end(): Promise<void> {
    this.#store.heal();
    this.#server.throwsNext = false;
    for (let round = 0; round < 12; round++) {
      for (const person of this.#people) if (person.standing === 'away') person.connect(this.#server.network, 'all');
      await this.#deliverAll();
      await this.#check();
      const isQuiet = this.#people.every(
        ({ standing, isSettled }) => standing !== 'away' && (standing !== 'in' || isSettled),
      );
      if (isQuiet) break;
      vi.advanceTimersByTime(2100);
      await settle();
    }
    // A timer may have run out with the last of that time.
    await this.#deliverAll();
    const { room } = this.#server;
    if (room === null) throw new Violation('the room is not open');
    if (room.seq !== this.#store.events.length)
      throw new Violation(`the room is at ${room.seq}, its log at ${this.#store.events.length}`);
    const hash = digestOfText(JSON.stringify(room.state));
    for (const person of this.#people) {
      const { you, standing, log } = person;
      if (standing !== 'in' || you === null) continue;
      const { followed } = log;
      if (followed === null || followed.seq !== room.seq)
        throw new Violation(`${you.id} is at ${followed?.seq}, the room at ${room.seq}`);
      if (digestOfText(JSON.stringify(followed.state)) !== hash) throw new Violation(`${you.id} has another hash`);
      if (!person.isSettled) throw new Violation(`a command of ${you.id} has no answer`);
      const entry = entryOf(room.state, you.id);
      if (entry === undefined) throw new Violation(`${you.id} is not in the room`);
      const [knows, mayKnow] = [told(followed.secrets), told(secretsFor(room.secrets, entry))];
      if (difference(knows, mayKnow) !== null)
        throw new Violation(
          `${you.id} (${entry.role}) knows ${JSON.stringify(knows)}, may know ${JSON.stringify(mayKnow)}`,
        );
    }
  }

  /** Delivers until nothing is on the way. */
  async #deliverAll(): Promise<void> {
    await settle();
    const { connections } = this.#server.network;
    for (let n = 0; n < 200; n++) {
      let isQuiet = true;
      for (const connection of connections) {
        if (connection.clientGone) connection.notice();
        while (connection.toServer.length > 0 && !connection.serverGone) {
          isQuiet = false;
          connection.deliverToServer();
        }
        while (connection.toClient.length > 0) {
          isQuiet = false;
          connection.deliverToClient();
        }
      }
      await settle();
      if (isQuiet) return;
    }
    throw new Violation('messages never end');
  }
}

/** Lets everything run that has been set going and waits for nothing else. */
async function settle(): Promise<void> {
  await nextTurn();
  await nextTurn();
}

/** What somebody knows of secrets, without rounds in which there is nothing to know. */
function told({ guesses, ends, polls }: Secrets): unknown {
  const facts: [string, unknown][] = [];
  const add = (path: string, value: unknown): void => {
    if (value === null || value === undefined) return;
    if (typeof value !== 'object') facts.push([path, value]);
    else for (const [key, part] of Object.entries(value)) add(`${path}/${key}`, part);
  };
  add('guesses', guesses);
  add('ends', ends);
  add('polls', polls);
  return facts.toSorted(([one], [other]) => (one < other ? -1 : 1));
}
