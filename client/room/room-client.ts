/**
 * A room as this page lives in it: what follows from what comes through its line, and what can be done. Nothing happens
 * before `open`, which returns how to release all of it.
 */
import type { Chain } from '../../shared/core/chain.ts';
import type { CommandInput, CommandType } from '../../shared/protocol/commands.ts';
import { mayShow } from '../../shared/protocol/decide-lead.ts';
import type { Reaction } from '../../shared/protocol/reactions.ts';
import { AHEAD_MS, readableStepAt } from '../../shared/protocol/playhead.ts';
import { leads } from '../../shared/protocol/roles.ts';
import { noSecrets } from '../../shared/protocol/secrets.ts';
import { lookUp, type Person, type RoomRun } from '../../shared/protocol/state.ts';
import type { CommandAck, Welcome, You } from '../../shared/protocol/wire.ts';
import { watchAttention } from './attention.ts';
import { createChainFeed } from './chain-feed.ts';
import { RoomClock } from './clock.ts';
import { keepTime } from './clock-samples.ts';
import { createFills, type Fills } from './fills.ts';
import { FrameStore } from './frames.ts';
import type { Hearing, Line, Reader } from './line.ts';
import { LogFollower } from './log.ts';
import { callableOff } from '../shell/later.ts';
import { createLooks, type Looks } from './looks.ts';
import { createOutbox } from './outbox.ts';
import { createPointerFeed, type PointerFeed } from './pointer-feed.ts';
import { createRoomStore, progressAfter, type RoomStore } from './room-store.ts';
import { createSpeedFeed, type SpeedFeed } from './speed-feed.ts';
import { createStage, type Look, type Stage } from './stage.ts';
import { startWorker } from '../verify/start-worker.ts';
import { createVerifications, type Verifications } from '../verify/verifications.ts';

export type RoomClient = {
  /** The code that the room has now. */
  code(): string;
  /** Whether the room is in this page alone, with nobody else in it. */
  readonly alone: boolean;
  /** Reads what has been measured; null while nobody has been let in. */
  reader(): Reader | null;
  readonly majorities: Line['majorities'];
  readonly speed: SpeedFeed;
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
  /** Gives a sign to the room. */
  react(reaction: Reaction): void;
  /** Changes the own chain, and lets the room know at most once a second. */
  changeChain(chain: Chain): void;
  /** Tries to return at once, without waiting for the next attempt. */
  knock(): void;
  /** Knocks at the room and stays in it until released. */
  open(): () => void;
};

/** Builds the client of the room at the other end of a line. */
export function createRoomClient(line: Line): RoomClient {
  const store = createRoomStore();
  const frames = new FrameStore();
  const log = new LogFollower();
  const clock = new RoomClock(() => performance.now(), Date.now());
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let closed = true;

  const asYou = <T>(make: (token: string) => T): T | null => {
    const token = store.getState().you?.token;
    return token === undefined ? null : make(token);
  };
  const reader = () => asYou(line.reader);
  const fills = createFills(frames, reader, () => performance.now());
  const looks = createLooks({ reader, later: callableOff });
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
  const verifications = createVerifications({
    state,
    reader,
    source: () => asYou(line.source),
    readable,
    startWorker,
  });

  const later = (work: () => void, ms: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!closed) work();
    }, ms);
    timers.add(timer);
  };

  const outbox = createOutbox(
    (...sent) => wire.command(...sent),
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
    send: (message) => wire.point(message),
    you: () => store.getState().you?.id ?? '',
    now: () => clock.now(),
    after: (ms, act) => later(act, ms),
  });

  const chains = createChainFeed({ send: (chain) => wire.chain(chain), after: (ms, act) => later(act, ms) });

  const publish = (): void => {
    const { state: known = null, secrets = noSecrets } = log.followed ?? {};
    const { you } = store.getState();
    const person = known === null || you === null ? undefined : lookUp(known.people, you.id);
    // Others may rename this person, and change the role.
    const changed = you !== null && person !== undefined && (you.name !== person.name || you.role !== person.role);
    store.setState({ state: known, secrets, ...(changed ? { you: youAs(you, person) } : {}) });
    if (known !== null) line.follows(known.code, changed ? person.name : null);
    stage.wake();
  };

  const onWelcome = (welcome: Welcome): void => {
    log.welcome(welcome);
    line.admitted(welcome.you);
    store.setState({ you: welcome.you, connection: { kind: 'live' } });
    publish();
    outbox.resend();
    attention.tell();
    chains.again();
  };

  const askForMissing = (): void => {
    if (log.followed !== null) wire.resume(log.followed, onWelcome);
  };

  /** What the room has said of this person last needs no answer to another knock. */
  const turnedAway = (kind: 'removed' | 'banned'): void => {
    if (kind === 'removed') line.forgotten();
    const error = { code: 'removed', message: '', ...(kind === 'banned' ? { banned: true as const } : {}) } as const;
    store.setState({ connection: { kind: 'refused', error } });
  };

  const hearing: Hearing = {
    followed: () => log.followed,
    connected: () => time.restart(),
    welcome: onWelcome,
    event(event) {
      if (log.take(event) === 'gap') askForMissing();
      publish();
    },
    tick(tick) {
      frames.addTick(tick);
      const { progress } = store.getState();
      const after = progressAfter(progress, tick);
      if (after !== progress) store.setState({ progress: after });
    },
    presence: ({ connected, away }) => store.setState({ connected: new Set(connected), away: new Set(away) }),
    pointer: pointers.hear,
    reactions: (counts) => store.setState({ reactions: counts }),
    chains: (told) => store.setState({ chains: told }),
    tooSlow: () => store.setState({ connection: { kind: 'reconnecting', slow: true } }),
    ended: () => store.setState({ connection: { kind: 'ended' } }),
    lost() {
      outbox.hold();
      const { connection, state: known, you } = store.getState();
      if (closed || connection.kind === 'ended' || connection.kind === 'refused') return false;
      const out = known === null || you === null ? null : (lookUp(known.people, you.id)?.out ?? null);
      if (out?.kind === 'removed' || out?.kind === 'banned') {
        turnedAway(out.kind);
        return false;
      }
      // Whoever waits at the door may have been turned away, and knocks again before it is said that nobody answers.
      if (connection.kind !== 'reconnecting' && connection.kind !== 'waiting')
        store.setState({ connection: { kind: 'reconnecting', slow: false } });
      return true;
    },
    atTheDoor(you) {
      line.admitted(you);
      store.setState({ connection: { kind: 'waiting', name: you.name } });
    },
    waiting() {
      const { kind } = store.getState().connection;
      if (kind === 'connecting' || kind === 'waiting')
        store.setState({ connection: { kind: 'reconnecting', slow: false } });
    },
    refused: (refusal) =>
      store.setState({
        connection: refusal.code === 'room-ended' ? { kind: 'ended' } : { kind: 'refused', error: refusal },
      }),
  };
  const wire = line.listen(hearing);
  const time = keepTime(wire, clock, () => stage.wake());
  const attention = watchAttention(wire);

  return {
    code: () => line.code(),
    alone: line.place === 'page',
    reader,
    majorities: line.majorities,
    speed: createSpeedFeed(line.speed),
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
    react: (reaction) => wire.react(reaction),
    changeChain(chain) {
      store.setState({ ownChain: chain });
      chains.change(chain);
    },
    now: () => clock.now(),
    dismissRefusal: () => store.setState({ refusal: null }),
    knock() {
      wire.disconnect();
      wire.connect();
    },
    open() {
      closed = false;
      const closeStage = stage.open();
      // Not at once: a room that is left in the same breath has never been knocked at.
      later(() => wire.connect(), 0);
      const closeTime = time.open();
      const closeAttention = attention.open();
      return () => {
        closed = true;
        for (const timer of timers) clearTimeout(timer);
        timers.clear();
        closeTime();
        closeAttention();
        closeStage();
        verifications.close();
        wire.disconnect();
      };
    },
  };
}

/** What a command is about, so that the button that sent it can show that it waits. */
function subjectOf(data: object): string | null {
  for (const name of ['proposal', 'run', 'poll', 'question', 'sweep']) {
    const subject: unknown = Reflect.get(data, name);
    if (typeof subject === 'string') return subject;
  }
  return null;
}

const youAs = (you: You, { name, role }: Person): You => ({ ...you, name, role });
