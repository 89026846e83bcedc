/**
 * A room as this page lives in it: the socket, what follows from what it says, and what can be done. Nothing happens
 * before `open`, which returns how to release all of it.
 */
import { io, type Socket } from 'socket.io-client';
import type { CommandInput, CommandType } from '../../shared/protocol/commands.ts';
import { isRefusalCode, type Refusal } from './refusals.ts';
import { mayShow } from '../../shared/protocol/decide-lead.ts';
import { AHEAD_MS, readableStepAt } from '../../shared/protocol/playhead.ts';
import { leads } from '../../shared/protocol/roles.ts';
import { noSecrets } from '../../shared/protocol/secrets.ts';
import { lookUp, type Person, type RoomRun } from '../../shared/protocol/state.ts';
import {
  type CommandAck,
  PROTOCOL_VERSION,
  type ServerToClient,
  type Welcome,
  type You,
} from '../../shared/protocol/wire.ts';
import { RoomClock } from './clock.ts';
import { createFills, type Fills } from './fills.ts';
import { FrameStore } from './frames.ts';
import { deviceName, forgetToken, keep, keysOf, moveKeys } from './keys.ts';
import { LogFollower } from './log.ts';
import { askForLook, createLooks, type Looks } from './looks.ts';
import { createOutbox } from './outbox.ts';
import { createPointerFeed, type PointerFeed } from './pointer-feed.ts';
import { createRoomStore, progressAfter, type RoomStore } from './room-store.ts';
import { createStage, type Look, type Stage } from './stage.ts';
import { startWorker } from '../verify/start-worker.ts';
import { createVerifications, type Verifications } from '../verify/verifications.ts';

/** Who comes: under a name, or as whoever this device was before; `count`: how many sit at it. */
export type Entry = {
  readonly code: string;
  readonly role: 'person' | 'screen';
  readonly name?: string;
  readonly count?: number;
};

export type RoomClient = {
  /** The code that the room has now. */
  code(): string;
  readonly store: RoomStore;
  readonly frames: FrameStore;
  readonly fills: Fills;
  readonly looks: Looks;
  readonly stage: Stage;
  readonly verifications: Verifications;
  readonly pointers: PointerFeed;
  /** Sends a command. The answer comes when the server has one; a refusal is also shown, unless `quiet`. */
  send<T extends CommandType>(type: T, data: CommandInput<T>, quiet?: boolean): Promise<CommandAck>;
  look(look: Look): void;
  /** The server's time now, in ms. */
  now(): number;
  dismissRefusal(): void;
  /** Tries to return at once, without waiting for the next attempt. */
  knock(): void;
  /** Knocks at the room and stays in it until released. */
  open(): () => void;
};

type ClientEvents = {
  command: (input: unknown, ack: (answer: CommandAck) => void) => void;
  resume: (input: unknown, ack: (welcome: Welcome) => void) => void;
  point: (input: unknown) => void;
  clock: (t: number, ack: (answer: { readonly t: number; readonly at: number }) => void) => void;
};

const samplesAtFirst = 8;
const sampleEvery = 30_000;
const returnAfter = 1500;

/** Builds the client of a room. */
export function createRoomClient({ code: firstCode, role, name, count }: Entry): RoomClient {
  const store = createRoomStore();
  const frames = new FrameStore();
  const log = new LogFollower();
  const clock = new RoomClock(() => performance.now(), Date.now());
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let closed = true;
  let code = firstCode;

  const source = () => {
    const token = store.getState().you?.token;
    return token === undefined ? null : { code, token };
  };
  const fills = createFills(frames, source, () => performance.now());
  const looks = createLooks({ source, ask: askForLook, later: callableOff });
  const stage = createStage({ room: store.getState, frames, fills, now: () => clock.now() });
  // The server lets people read a little ahead of the playhead; that much is left for clocks that differ.
  const readable = (run: RoomRun): number => {
    const { state, you } = store.getState();
    if (state === null || you === null) return -1;
    const role = lookUp(state.people, you.id)?.role;
    if (role !== undefined && leads(role)) return Infinity;
    return readableStepAt(state, run, clock.now() - AHEAD_MS);
  };
  const state = () => store.getState().state;
  const verifications = createVerifications({ state, source, readable, startWorker });

  const socket: Socket<ServerToClient, ClientEvents> = io({
    autoConnect: false,
    transports: ['websocket', 'polling'],
    reconnectionDelay: 500,
    reconnectionDelayMax: 5000,
    auth: (give) => give(handshake()),
  });

  const handshake = (): Record<string, unknown> => {
    const { token, hostKey } = keysOf(code, role);
    const followed = log.followed;
    return {
      protocol: PROTOCOL_VERSION,
      code,
      device: deviceName(),
      ...(name === undefined ? {} : { name }),
      ...(count === undefined ? {} : { count }),
      ...(role === 'screen' ? { role: 'screen' } : {}),
      ...(token === undefined ? {} : { token }),
      ...(hostKey === undefined || role === 'screen' ? {} : { hostKey }),
      ...(followed === null ? {} : { log: followed.log, seq: followed.seq }),
    };
  };

  const later = (work: () => void, ms: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!closed) work();
    }, ms);
    timers.add(timer);
  };

  const outbox = createOutbox(
    (command, within, answer) => {
      socket.timeout(within).emit('command', command, (error: Error | null, ack?: CommandAck) => {
        answer(error === null && ack !== undefined ? ack : null);
      });
    },
    (waiting) => {
      const entries = waiting.map(({ id, type, data }) => [id, { type, about: subjectOf(data) }] as const);
      store.setState({ waiting: Object.fromEntries(entries) });
    },
  );

  const pointers = createPointerFeed({
    may() {
      const { state: facts, you } = store.getState();
      return facts !== null && you !== null && mayShow(facts, you.id);
    },
    // What cannot be sent at once is not worth sending.
    send: (message) => void socket.volatile.emit('point', message),
    you: () => store.getState().you?.id ?? '',
    now: () => clock.now(),
    after: (ms, act) => later(act, ms),
  });

  const sampleClock = (left: number): void => {
    const sent = performance.now();
    socket.timeout(5000).emit('clock', sent, (error: Error | null, answer?: { readonly at: number }) => {
      if (error !== null || answer === undefined) return;
      clock.add({ sent, received: performance.now(), server: answer.at });
      stage.wake();
      if (left > 1) later(() => sampleClock(left - 1), 60);
    });
  };

  const publish = (): void => {
    const { state: known = null, secrets = noSecrets } = log.followed ?? {};
    if (known !== null && known.code !== code) {
      moveKeys(code, known.code, role);
      code = known.code;
    }
    const { you } = store.getState();
    const person = known === null || you === null ? undefined : lookUp(known.people, you.id);
    // Others may rename this person, and change the role.
    const changed = you !== null && person !== undefined && (you.name !== person.name || you.role !== person.role);
    store.setState({ state: known, secrets, ...(changed ? { you: youAs(you, person) } : {}) });
    if (changed) keep(code, { name: person.name }, role);
    stage.wake();
  };

  const onWelcome = (welcome: Welcome): void => {
    log.welcome(welcome);
    keep(code, { token: welcome.you.token, name: welcome.you.name }, role);
    store.setState({ you: welcome.you, connection: { kind: 'live' } });
    publish();
    outbox.resend();
  };

  const askForMissing = (): void => {
    const { followed } = log;
    if (followed === null) return;
    const ask = { log: followed.log, seq: followed.seq };
    socket.timeout(5000).emit('resume', ask, (error: Error | null, welcome?: Welcome) => {
      if (error === null && welcome !== undefined) onWelcome(welcome);
    });
  };

  socket.on('connect', () => {
    clock.restart();
    sampleClock(samplesAtFirst);
  });
  socket.on('welcome', onWelcome);
  socket.on('waiting', ({ you }) => {
    keep(code, { token: you.token, name: you.name }, role);
    store.setState({ connection: { kind: 'waiting', name: you.name } });
  });
  socket.on('event', (event) => {
    if (log.take(event) === 'gap') askForMissing();
    publish();
  });
  socket.on('tick', (tick) => {
    frames.addTick(tick);
    const { progress } = store.getState();
    const after = progressAfter(progress, tick);
    if (after !== progress) store.setState({ progress: after });
  });
  socket.on('presence', ({ connected, away }) =>
    store.setState({ connected: new Set(connected), away: new Set(away) }),
  );
  socket.on('pointer', pointers.hear);
  socket.on('too-slow', () => store.setState({ connection: { kind: 'reconnecting', slow: true } }));
  socket.on('ended', () => {
    store.setState({ connection: { kind: 'ended' } });
    socket.disconnect();
  });
  socket.on('disconnect', (reason) => {
    outbox.hold();
    const { connection } = store.getState();
    if (closed || connection.kind === 'ended' || connection.kind === 'refused') return;
    const { state: known, you } = store.getState();
    const out = known === null || you === null ? null : (lookUp(known.people, you.id)?.out ?? null);
    if (out?.kind === 'removed' || out?.kind === 'banned') return turnedAway(out.kind);
    if (connection.kind !== 'reconnecting') store.setState({ connection: { kind: 'reconnecting', slow: false } });
    // When the server ends a connection, the library leaves it to us to come back.
    if (reason === 'io server disconnect') later(() => socket.connect(), returnAfter);
  });
  /** What the room has said of this person last needs no answer to another knock. */
  const turnedAway = (kind: 'removed' | 'banned'): void => {
    if (kind === 'removed') forgetToken(code, role);
    const error = { code: 'removed', message: '', ...(kind === 'banned' ? { banned: true as const } : {}) } as const;
    store.setState({ connection: { kind: 'refused', error } });
  };

  socket.on('connect_error', (error) => {
    const refusal = refusalOf(error);
    if (refusal === null || refusal.code === 'unavailable' || refusal.code === 'rate-limited') {
      // A refusal ends the library's own attempts; a broken line does not.
      if (!socket.active) later(() => socket.connect(), returnAfter * 2);
      if (store.getState().connection.kind === 'connecting')
        store.setState({ connection: { kind: 'reconnecting', slow: false } });
      return;
    }
    // A ban can be undone, and the token is good then.
    if (refusal.code === 'unauthorized' || (refusal.code === 'removed' && refusal.banned !== true))
      forgetToken(code, role);
    store.setState({
      connection: refusal.code === 'room-ended' ? { kind: 'ended' } : { kind: 'refused', error: refusal },
    });
  });

  return {
    code: () => code,
    store,
    frames,
    fills,
    looks,
    stage,
    verifications,
    pointers,
    async send(type, data, quiet = false) {
      const ack = await outbox.send(type, data);
      if (!ack.ok && !quiet) store.setState({ refusal: ack.error });
      return ack;
    },
    look(look) {
      store.setState({ look });
      stage.wake();
    },
    now: () => clock.now(),
    dismissRefusal: () => store.setState({ refusal: null }),
    knock: () => void socket.disconnect().connect(),
    open() {
      closed = false;
      const closeStage = stage.open();
      // Not at once: a room that is left in the same breath has never been knocked at.
      later(() => socket.connect(), 0);
      const everySoOften = setInterval(() => {
        if (socket.connected && document.visibilityState === 'visible') sampleClock(1);
      }, sampleEvery);
      const onVisible = (): void => {
        if (document.visibilityState === 'visible' && socket.connected) sampleClock(samplesAtFirst);
      };
      document.addEventListener('visibilitychange', onVisible);
      return () => {
        closed = true;
        for (const timer of timers) clearTimeout(timer);
        timers.clear();
        clearInterval(everySoOften);
        document.removeEventListener('visibilitychange', onVisible);
        closeStage();
        verifications.close();
        socket.disconnect();
      };
    },
  };
}

/** Does something later, unless it is called off. */
function callableOff(work: () => void, ms: number): () => void {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}

/** What a command is about, so that the button that sent it can show that it waits. */
function subjectOf(data: object): string | null {
  for (const name of ['proposal', 'run', 'poll', 'question', 'sweep']) {
    const subject: unknown = Reflect.get(data, name);
    if (typeof subject === 'string') return subject;
  }
  return null;
}

function refusalOf(error: Error): Refusal | null {
  const data: unknown = Reflect.get(error, 'data');
  if (typeof data !== 'object' || data === null) return null;
  const code: unknown = Reflect.get(data, 'code');
  const message: unknown = Reflect.get(data, 'message');
  if (!isRefusalCode(code)) return null;
  const suggestion: unknown = Reflect.get(data, 'suggestion');
  return {
    code,
    message: typeof message === 'string' ? message : error.message,
    ...(typeof suggestion === 'string' ? { suggestion } : {}),
    ...(Reflect.get(data, 'banned') === true ? { banned: true as const } : {}),
  };
}

const youAs = (you: You, { name, role }: Person): You => ({ ...you, name, role });
