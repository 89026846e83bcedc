/**
 * The socket edge: admits connections, hands what they send to their room, and sends them what their room says. It decides
 * nothing; a person's room and identity come from admission, never from a message.
 */
import type { Server as HttpServer } from 'node:http';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { type DefaultEventsMap, Server, type Socket } from 'socket.io';
import { fixedLimits } from '../shared/protocol/limits.ts';
import type { NumberedEvent } from '../shared/protocol/events.ts';
import { type Refusal, refused } from '../shared/protocol/refusal.ts';
import { leads } from '../shared/protocol/roles.ts';
import { describeIssue } from '../shared/protocol/schema-errors.ts';
import { mayKnow, secretsFor, withoutPrivate } from '../shared/protocol/secrets.ts';
import { lookUp, type Person } from '../shared/protocol/state.ts';
import {
  type ClientToServer,
  type CommandAck,
  type Handshake,
  type Pointer,
  resumeRequest,
  type ServerToClient,
  type Welcome,
} from '../shared/protocol/wire.ts';
import type { Admission, Admitted } from './rooms/admission.ts';
import { Audience } from './rooms/audience.ts';
import { backlogOf, giveUp } from './backlog.ts';
import { guard } from './guard.ts';
import { type Backlog, Pace, type Tier } from './rooms/pace.ts';
import type { OpenRoom } from './rooms/registry.ts';

type SocketData = { admitted: Admitted; wants: Pick<Handshake, 'log' | 'seq'>; pace: Pace };
export type LabServer = Server<ClientToServer, ServerToClient, DefaultEventsMap, SocketData>;
type LabSocket = Socket<ClientToServer, ServerToClient, DefaultEventsMap, SocketData>;

export type SocketParts = {
  readonly admission: Admission;
  readonly now: () => number;
  readonly allowOrigin: (origin: string | undefined, host: string | undefined) => boolean;
  readonly addressOf: (socket: { headers: Record<string, unknown>; address: string }) => string;
  readonly log: { readonly error: (fields: object, text: string) => void };
  readonly counted: { readonly command: (ok: boolean, ms: number) => void; readonly late: (ms: number) => void };
};

/** The room's clock looks so often whether something is due; ticks and presence keep to their own pace. */
const CLOCK_MS = 50;
/** How often it is measured what waits to be written to each connection. */
const MEASURE_MS = 500;
/** A server that is started anew is there after a second or two; people come back to it over so long a time. */
const FAREWELL_FROM_MS = 1000;
const FAREWELL_SPREAD_MS = 5000;
/** Commands of one person; a burst of clicks passes, a script does not. */
const COMMANDS = { points: 40, duration: 5 };
/** More missed events than this are cheaper as a whole state. */
const MAX_RESUMED_EVENTS = 1000;

export type SocketEdge = { readonly close: () => Promise<void>; readonly people: () => number };

/** Starts the socket edge on an HTTP server; returns how to end it. */
export function openSockets(http: HttpServer, parts: SocketParts): SocketEdge {
  const io: LabServer = new Server(http, {
    maxHttpBufferSize: fixedLimits.messageBytes,
    serveClient: false,
    pingInterval: 10_000,
    pingTimeout: 15_000,
    connectTimeout: 10_000,
    allowRequest: (request, answer) => answer(null, parts.allowOrigin(request.headers.origin, request.headers.host)),
  });
  return serveSockets(io, parts, { backlogOf, giveUp, guard: (socket) => guard(socket, parts.now) });
}

/** What is asked of connections beside messages. */
type Lines = {
  readonly backlogOf: (socket: LabSocket) => Backlog;
  readonly giveUp: (socket: LabSocket) => void;
  readonly guard: (socket: LabSocket) => void;
};

/** Serves rooms to whoever connects; where the connections come from is not said here. */
export function serveSockets(io: LabServer, parts: Omit<SocketParts, 'allowOrigin'>, lines: Lines): SocketEdge {
  const { admission, now } = parts;
  const audiences = new Map<string, { audience: Audience; release: () => void }>();
  const commandLimit = new RateLimiterMemory(COMMANDS);

  io.use((socket, next) => {
    const address = parts.addressOf({ headers: socket.handshake.headers, address: socket.handshake.address });
    const { auth } = socket.handshake;
    admission.connection(auth, address).then(
      (result) => {
        if (!result.ok) return next(connectError(result.error));
        // Admission has parsed the handshake; these two say what the client already has.
        const wants = { log: auth['log'], seq: auth['seq'] };
        socket.data = { admitted: result.value, wants, pace: new Pace(usualPaceOf(socket)) };
        next();
      },
      (error: unknown) => {
        parts.log.error({ error: String(error) }, 'a connection could not be admitted');
        next(connectError({ code: 'unavailable', message: 'the server cannot admit you just now; try again' }));
      },
    );
  });

  io.on('connection', (socket) => {
    lines.guard(socket);
    const { open, person } = socket.data.admitted;
    const audience = audienceOf(open);
    const entry = lookUp(open.room.state.people, person);
    // Between admission and now somebody may have been removed, or the room ended.
    const mayStay = entry?.here === true || entry?.waiting === true;
    if (!mayStay || open.room.state.endedAt !== null) return socket.disconnect(true);
    audience.add(socket.id, person, socket.data.pace.tier);
    socket.on('disconnect', () => leave(open, socket.id));
    socket.on('clock', (t, ack) => answer(ack, { t: typeof t === 'number' ? t : null, at: now() }));
    if (entry.here) enter(socket, entry);
    else wait(socket, entry);
  });

  /** At the door: who waits is told who they will be, and nothing of the room. */
  function wait(socket: LabSocket, { id, name, role }: Person): void {
    const { open, token } = socket.data.admitted;
    void socket.join([lobby(open), lobbyOf(open, id)]);
    socket.emit('waiting', { you: { id, name, role, token } });
  }

  /** Into the room: everything that is told there, and everything that may be asked. */
  function enter(socket: LabSocket, entry: Person): void {
    const { open, person } = socket.data.admitted;
    const audience = audienceOf(open);
    const own = [personRoom(open, person), ...(leads(entry.role) ? [leadersRoom(open)] : [])];
    void socket.join([open.room.stored.id, ...framesRooms(open, socket.data.pace.tier), ...own]);
    welcome(socket, socket.data.wants, (message) => {
      socket.emit('welcome', message);
      socket.emit('presence', audience.presence(now()));
      const chains = audience.chains.told(open.room.state);
      if (chains !== null) socket.emit('chains', chains);
    }).catch(() => socket.disconnect(true));
    socket.on('resume', (input, ack) => {
      const parsed = resumeRequest.safeParse(input);
      if (!parsed.success) return answer(ack, refused('invalid', ...describeIssue(parsed.error, input)));
      welcome(socket, parsed.data, (message) => answer(ack, message)).catch(() => answer(ack, unavailable));
    });
    socket.on('point', (input) => {
      const ping = audience.pointers.take(open.room.state, person, input, now());
      if (ping === null) return;
      call(open, ping);
      open.neighbours?.tell({ kind: 'pointer', pointer: ping });
    });
    socket.on('attention', (input) => {
      if (typeof input !== 'boolean') return;
      socket.data.pace.hide(!input);
      keepPace(socket);
      if (!input) return;
      socket.emit('presence', audience.presence(now()));
      const chains = audience.chains.told(open.room.state);
      if (chains !== null) socket.emit('chains', chains);
    });
    socket.on('react', (input) => audience.reactions.take(open.room.state, person, input, now()));
    socket.on('chain', (input) => audience.chains.take(open.room.state, person, input, now()));
    socket.on('command', (input, ack) => {
      command(open, person, input).then(
        (said) => answer(ack, said),
        (error: unknown) => {
          parts.log.error({ error: String(error), room: open.room.stored.id }, 'a command could not be judged');
          answer(ack, unavailable);
        },
      );
    });
  }

  let lookedAt = performance.now();
  const clock = setInterval(() => {
    const looks = performance.now();
    parts.counted.late(Math.max(0, looks - lookedAt - CLOCK_MS));
    lookedAt = looks;
    for (const { audience } of audiences.values()) {
      const id = audience.open.room.stored.id;
      if (audience.open.isGone) cut(id);
      const { ticks, presence, pointer, calls, reactions, chains } = audience.due(now());
      for (const [tier, tick] of ticks) io.to(tierRoom(id, tier)).volatile.emit('tick', tick);
      const awake = awakeRoom(audience.open);
      if (presence !== null) io.to(awake).volatile.emit('presence', presence);
      if (reactions !== null) io.to(awake).volatile.emit('reactions', reactions);
      if (chains !== null) io.to(awake).volatile.emit('chains', chains);
      if (pointer !== null)
        io.to(awake).except(personRoom(audience.open, pointer.by)).volatile.emit('pointer', pointer);
      for (const ping of calls) call(audience.open, ping);
    }
  }, CLOCK_MS);

  const measuring = setInterval(() => {
    for (const socket of io.sockets.sockets.values()) {
      if (socket.data.pace.measured(lines.backlogOf(socket), now()) === 'keep') keepPace(socket);
      else cutOff(socket);
    }
  }, MEASURE_MS);

  /** Tells everybody to come back, each at another time, so that the next server is not asked for every room at once. */
  function farewell(): void {
    const all = [...io.sockets.sockets.values()];
    for (const [n, socket] of all.entries()) {
      socket.emit('moved', { after: FAREWELL_FROM_MS + Math.round((FAREWELL_SPREAD_MS * n) / all.length) });
    }
  }

  /** Moves a connection to where it is sent as much as it can take. */
  function keepPace(socket: LabSocket): void {
    const { open } = socket.data.admitted;
    const { tier } = socket.data.pace;
    const before = audienceOf(open).move(socket.id, tier);
    if (before === null || !socket.rooms.has(open.room.stored.id)) return;
    for (const room of framesRooms(open, before)) void socket.leave(room);
    void socket.join(framesRooms(open, tier));
  }

  /** Cuts whoever reads nothing; what they missed is in the log. */
  function cutOff(socket: LabSocket): void {
    for (const room of socket.rooms) void socket.leave(room);
    lines.giveUp(socket);
  }

  /** Calls everybody's attention to where somebody points. */
  function call(open: OpenRoom, ping: Pointer): void {
    io.to(awakeRoom(open)).except(personRoom(open, ping.by)).emit('pointer', ping);
  }

  async function command(open: OpenRoom, person: string, input: unknown): Promise<CommandAck> {
    const key = `${open.room.stored.id}/${person}`;
    const limited = await commandLimit.consume(key).then(
      () => false,
      () => true,
    );
    if (limited)
      return refused('rate-limited', `at most ${COMMANDS.points} commands in ${COMMANDS.duration} s; wait a moment`);
    const began = performance.now();
    const said = await open.room.command(person, input);
    parts.counted.command(said.ok, performance.now() - began);
    return said;
  }

  /**
   * Tells the state or the missing events; whoever is in the audience already misses nothing that comes after. A state is told in
   * the turn in which it is read: between the two others would be told the next event, and the state would take them back.
   */
  async function welcome(
    socket: LabSocket,
    wants: Pick<Handshake, 'log' | 'seq'>,
    tellIt: (message: Welcome) => void,
  ): Promise<void> {
    const { open, person: id, token } = socket.data.admitted;
    const { room } = open;
    const { log } = room.stored;
    const { log: known, seq: from } = wants;
    // Who has heard more than this server has been elsewhere before.
    if (known === log && from !== undefined) await room.catchUp(from);
    const missing = known === log && from !== undefined && from <= room.seq ? room.seq - from : Infinity;
    const events = missing <= MAX_RESUMED_EVENTS && from !== undefined ? await room.eventsAfter(from) : null;
    const { state, seq } = room;
    const person = lookUp(state.people, id);
    if (person === undefined) throw new Error(`invariant violation: ${id} was admitted but is not in the room`);
    const you = { id, name: person.name, role: person.role, token };
    const secrets = secretsFor(room.secrets, person);
    if (events === null) return tellIt({ you, log, seq, state, secrets });
    // Reading took a moment: what came meanwhile was emitted already, and a client takes an event it has for nothing.
    const told = events.map((event) => (mayKnow(event, person) ? event : withoutPrivate(event)));
    tellIt({ you, log, seq: told.at(-1)?.seq ?? seq, events: told, secrets });
  }

  /** Sends an event to everybody, its private part only to its author and the hosts. */
  function tell(open: OpenRoom, event: NumberedEvent): void {
    const { id } = open.room.stored;
    const told = withoutPrivate(event);
    if (told === event) return void io.to(id).emit('event', event);
    const knowing = [personRoom(open, event.by), leadersRoom(open)];
    io.to(id).except(knowing).emit('event', told);
    io.to(knowing).emit('event', event);
  }

  /** Does to connections what an event means for them: who leads hears more, who is out hears nothing. */
  function follow(open: OpenRoom, event: NumberedEvent): void {
    switch (event.type) {
      case 'role-changed': {
        const { person, role } = event.data;
        const sockets = io.in(personRoom(open, person));
        if (leads(role)) sockets.socketsJoin(leadersRoom(open));
        else sockets.socketsLeave(leadersRoom(open));
        return welcomeAgain(open, person);
      }
      case 'people-merged':
        // The connection of the entry that is gone comes back by itself, as the other.
        cut(personRoom(open, event.data.person));
        return welcomeAgain(open, event.data.into);
      case 'person-admitted':
        return letIn(open, event.data.person);
      // Whoever has left hears no more, in whichever of their windows, at whichever server they said so.
      case 'person-left':
      case 'person-removed':
      case 'person-banned':
        cut(lobbyOf(open, event.data.person));
        return cut(personRoom(open, event.data.person));
      case 'room-ended':
        io.to([open.room.stored.id, lobby(open)]).emit('ended');
        cut(lobby(open));
        return cut(open.room.stored.id);
      default:
    }
  }

  /** Takes the connections of somebody who has been admitted from the door into the room. */
  function letIn(open: OpenRoom, person: string): void {
    const entry = lookUp(open.room.state.people, person);
    for (const socket of socketsIn(lobbyOf(open, person))) {
      void socket.leave(lobby(open));
      void socket.leave(lobbyOf(open, person));
      if (entry?.here === true) enter(socket, entry);
    }
  }

  /** Ends connections: from now on they hear nothing of the room, and where they sent a command they still have its answer. */
  function cut(name: string): void {
    const sockets = socketsIn(name);
    for (const socket of sockets) for (const room of socket.rooms) void socket.leave(room);
    setImmediate(() => {
      for (const socket of sockets) socket.disconnect(true);
    });
  }

  /** Tells somebody anew what they may know, since that has changed. */
  function welcomeAgain(open: OpenRoom, person: string): void {
    for (const socket of socketsIn(personRoom(open, person))) {
      welcome(socket, { log: undefined, seq: undefined }, (message) => socket.emit('welcome', message)).catch(() =>
        socket.disconnect(true),
      );
    }
  }

  const socketsIn = (name: string): LabSocket[] =>
    [...(io.sockets.adapter.rooms.get(name) ?? [])].flatMap((id) => io.sockets.sockets.get(id) ?? []);

  function audienceOf(open: OpenRoom): Audience {
    const { id } = open.room.stored;
    const known = audiences.get(id);
    if (known !== undefined) return known.audience;
    const audience = new Audience(open, now);
    const unsubscribe = open.room.subscribe((event) => {
      tell(open, event);
      follow(open, event);
    });
    const release = (): void => {
      unsubscribe();
      audience.close();
    };
    audiences.set(id, { audience, release });
    return audience;
  }

  function leave(open: OpenRoom, socket: string): void {
    const { id } = open.room.stored;
    const entry = audiences.get(id);
    entry?.audience.remove(socket, now());
    if (entry?.audience.size !== 0) return;
    entry.release();
    audiences.delete(id);
  }

  return {
    people: () => [...audiences.values()].reduce((sum, { audience }) => sum + audience.size, 0),
    close: async () => {
      clearInterval(clock);
      clearInterval(measuring);
      farewell();
      await io.close();
    },
  };
}

const unavailable = refused('unavailable', 'the server cannot store this just now; try again');

const personRoom = (open: OpenRoom, person: string): string => `${open.room.stored.id}/${person}`;
/** Those at the door of a room, all of them and each. */
const lobby = (open: OpenRoom): string => `${open.room.stored.id}/door`;
const lobbyOf = (open: OpenRoom, person: string): string => `${lobby(open)}/${person}`;
const leadersRoom = (open: OpenRoom): string => `${open.room.stored.id}/leaders`;
const tierRoom = (room: string, tier: Tier): string => `${room}:${tier}`;
/** Those who look at the page, at whatever pace. */
const awakeRoom = (open: OpenRoom): string => `${open.room.stored.id}/awake`;
/** Where frames and presence are sent; whoever looks at nothing is in none of these. */
const framesRooms = (open: OpenRoom, tier: Tier): string[] =>
  tier === 'idle' ? [] : [tierRoom(open.room.stored.id, tier), awakeRoom(open)];

function usualPaceOf(socket: LabSocket): 'fast' | 'phone' {
  return /\bMobi/.test(String(socket.handshake.headers['user-agent'] ?? '')) ? 'phone' : 'fast';
}

/** An ack may be missing or be anything at all. */
function answer(ack: unknown, message: object): void {
  if (typeof ack === 'function') ack(message);
}

/** An error that socket.io carries to the client as `connect_error` with its data. */
function connectError(refusal: Refusal): Error {
  return Object.assign(new Error(refusal.message), { data: refusal });
}
