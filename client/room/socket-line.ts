/** The line to a room on the server: a socket that comes back by itself, requests over HTTP, and the keys that this device keeps. */
import { io, type Socket } from 'socket.io-client';
import { majorityPath } from '../../shared/protocol/images.ts';
import {
  type CommandAck,
  PROTOCOL_VERSION,
  type ServerToClient,
  type Speed,
  type Welcome,
} from '../../shared/protocol/wire.ts';
import { httpReader } from './history.ts';
import { deviceName, forgetToken, keep, keysOf, moveKeys } from './keys.ts';
import type { Hearing, Line, Majorities, Wire } from './line.ts';
import { isRefusalCode, type Refusal } from './refusals.ts';

/** Who comes: under a name, or as whoever this device was before; `count`: how many sit at it. */
export type Entry = {
  readonly code: string;
  readonly role: 'person' | 'screen';
  readonly name?: string;
  readonly count?: number;
};

type ClientEvents = {
  command: (input: unknown, ack: (answer: CommandAck) => void) => void;
  resume: (input: unknown, ack: (welcome: Welcome) => void) => void;
  point: (input: unknown) => void;
  react: (input: unknown) => void;
  attention: (isVisible: boolean) => void;
  chain: (input: unknown) => void;
  clock: (t: number, ack: (answer: { readonly t: number; readonly at: number }) => void) => void;
};

const returnAfter = 1500;
const answerWithin = 5000;

/** Builds the line of somebody to a room. */
export function socketLine({ code: firstCode, role, name, count }: Entry): Line {
  let code = firstCode;

  const handshake = (followed: ReturnType<Hearing['followed']>): Record<string, unknown> => {
    const { token, hostKey } = keysOf(code, role);
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

  return {
    place: 'server',
    code: () => code,
    reader: (token) => httpReader({ code, token }),
    source: (token) => ({ code, token }),
    majorities: askForMajorities,
    speed: askForSpeed,
    listen: (hearing) =>
      openSocket(
        hearing,
        () => handshake(hearing.followed()),
        () => forgetToken(code, role),
      ),
    admitted: ({ token, name: called }) => keep(code, { token, name: called }, role),
    follows(now, called) {
      if (now !== code) moveKeys(code, now, role);
      code = now;
      if (called !== null) keep(code, { name: called }, role);
    },
    forgotten: () => forgetToken(code, role),
  };
}

function openSocket(hearing: Hearing, handshake: () => Record<string, unknown>, forget: () => void): Wire {
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const later = (work: () => void, ms: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timers.add(timer);
  };
  const socket: Socket<ServerToClient, ClientEvents> = io({
    autoConnect: false,
    transports: ['websocket', 'polling'],
    reconnectionDelay: 500,
    reconnectionDelayMax: 5000,
    auth: (give) => give(handshake()),
  });

  socket.on('connect', () => hearing.connected());
  socket.on('welcome', (welcome) => hearing.welcome(welcome));
  socket.on('waiting', ({ you }) => hearing.atTheDoor(you));
  socket.on('event', (event) => hearing.event(event));
  socket.on('tick', (tick) => hearing.tick(tick));
  socket.on('presence', (presence) => hearing.presence(presence));
  socket.on('pointer', (pointer) => hearing.pointer(pointer));
  socket.on('reactions', (counts) => hearing.reactions(counts));
  socket.on('chains', (told) => hearing.chains(told));
  socket.on('too-slow', () => hearing.tooSlow());
  socket.on('moved', ({ after }) => {
    // The library would come back at once, with everybody else.
    socket.disconnect();
    later(() => socket.connect(), after);
  });
  socket.on('ended', () => {
    hearing.ended();
    socket.disconnect();
  });
  socket.on('disconnect', (reason) => {
    // When the server ends a connection, the library leaves it to us to come back.
    if (hearing.lost() && reason === 'io server disconnect') later(() => socket.connect(), returnAfter);
  });
  socket.on('connect_error', (error) => {
    const refusal = refusalOf(error);
    if (refusal === null || refusal.code === 'unavailable' || refusal.code === 'rate-limited') {
      // A refusal ends the library's own attempts; a broken line does not.
      if (!socket.active) later(() => socket.connect(), returnAfter * 2);
      return hearing.waiting();
    }
    // A ban can be undone, and the token is good then.
    if (refusal.code === 'unauthorized' || (refusal.code === 'removed' && refusal.banned !== true)) forget();
    hearing.refused(refusal);
  });

  return {
    connect: () => void socket.connect(),
    disconnect() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      socket.disconnect();
    },
    get connected() {
      return socket.connected;
    },
    command(command, within, answer) {
      socket.timeout(within).emit('command', command, (error: Error | null, ack?: CommandAck) => {
        answer(error === null && ack !== undefined ? ack : null);
      });
    },
    resume(known, answer) {
      const { log, seq } = known;
      socket.timeout(answerWithin).emit('resume', { log, seq }, (error: Error | null, welcome?: Welcome) => {
        if (error === null && welcome !== undefined) answer(welcome);
      });
    },
    point: (message) => void socket.volatile.emit('point', message),
    react: (reaction) => void socket.volatile.emit('react', reaction),
    attention(isVisible) {
      if (socket.connected) socket.emit('attention', isVisible);
    },
    chain: (chain) => void socket.volatile.emit('chain', chain),
    time(answer) {
      const sent = performance.now();
      socket.timeout(answerWithin).emit('clock', sent, (error: Error | null, said?: { readonly at: number }) => {
        if (error === null && said !== undefined) answer(said.at);
      });
    },
  };
}

async function askForMajorities(train: number, test: number): Promise<Majorities> {
  const address = `${majorityPath}?train=${train}&test=${test}`;
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  // The server is of one version with this page, so its answers are taken as they come.
  return (await response.json()) as Majorities;
}

async function askForSpeed(): Promise<Speed> {
  const response = await fetch('/api/speed');
  if (!response.ok) throw new Error(`/api/speed: ${response.status}`);
  return (await response.json()) as Speed;
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
