/**
 * The wire: what a socket carries besides commands and events, one type a message, and the checks of what clients send.
 */
import type { RatesOfEngines } from '../core/cost.ts';
import { z } from 'zod';
import type { ChainsTold } from './chains.ts';
import type { NumberedEvent } from './events.ts';
import type { Spot } from './lead.ts';
import { fixedLimits } from './limits.ts';
import type { ReactionCounts } from './reactions.ts';
import type { Refusal } from './refusal.ts';
import type { Secrets } from './secrets.ts';
import type { PersonId, Role, RoomState, RunId } from './state.ts';
import type { WireNumber } from './wire-numbers.ts';

export const PROTOCOL_VERSION = 1;

const visibleName = `must have 1 to ${fixedLimits.nameLength} visible characters`;

/** The `auth` of a connection. `log` and `seq` name what the client already has, to be sent the rest only. */
export const handshake = z.strictObject({
  protocol: z.literal(PROTOCOL_VERSION),
  code: z.string().max(20),
  name: z.string(visibleName).max(400, visibleName).optional(),
  role: z.literal(['student', 'screen']).optional(),
  count: z.int().min(1).max(fixedLimits.peoplePerDevice).optional(),
  /** Something random that the device has made up and keeps: whoever is banned stays out by it. */
  device: z.string().min(16).max(100).optional(),
  token: z.string().max(200).optional(),
  hostKey: z.string().max(200).optional(),
  log: z.string().max(100).optional(),
  seq: z.int().min(0).optional(),
});
export type Handshake = z.output<typeof handshake>;

/** What a client that lost events asks for. */
export const resumeRequest = z.strictObject({ log: z.string().max(100), seq: z.int().min(0) });

/** Where somebody points, or null when the pointer is gone; with `ping` to call everybody's attention to it. */
export const pointing = z
  .strictObject({
    run: z.string().max(40),
    layer: z.int().min(1).max(65).nullable(),
    step: z.int().min(0),
    ping: z.literal(true).optional(),
  })
  .nullable();

/** Somebody's pointer as everybody else hears of it. */
export type Pointer = {
  readonly by: PersonId;
  readonly at: number;
  readonly spot: Spot | null;
  readonly ping: boolean;
};

export type You = { readonly id: PersonId; readonly name: string; readonly role: Role; readonly token: string };

/** What somebody hears who is at the door: who they will be, and the token by which they are known; nothing of the room. */
export type Waiting = { readonly you: You };

/** A room's whole state, or the events since `auth.seq` where those could be given; `secrets` is what this person may know of them, in whole. */
export type Welcome =
  | {
      readonly you: You;
      readonly log: string;
      readonly seq: number;
      readonly state: RoomState;
      readonly secrets: Secrets;
    }
  | {
      readonly you: You;
      readonly log: string;
      readonly seq: number;
      readonly events: readonly NumberedEvent[];
      readonly secrets: Secrets;
    };

/**
 * One measurement in a tick: step, cost, accuracy on the probe (null: the outputs name no class), accuracy on the test images (null: not
 * evaluated), speeds of the layers, output last.
 */
export type TickPoint = readonly [
  step: number,
  cost: WireNumber,
  trainAccuracy: WireNumber | null,
  testAccuracy: WireNumber | null,
  speeds: readonly WireNumber[],
];

/**
 * How far a run is: `queued` until its first measurement; `step` is the last one measured, -1 before. Of a run behind a guess
 * no step and no outcome is told, only the share of its training that is done, in tenths.
 */
export type TickRun = {
  readonly run: RunId;
  readonly step: number;
  readonly status: 'queued' | 'unattended' | 'training' | 'ended' | 'finished' | 'stopped' | 'diverged' | 'failed';
  readonly points: readonly TickPoint[];
  readonly share?: number;
};

export type Tick = { readonly n: number; readonly at: number; readonly runs: readonly TickRun[] };

/** Who is connected just now, and who has been until less than a minute ago. */
export type Presence = {
  readonly at: number;
  readonly connected: readonly PersonId[];
  readonly away: readonly PersonId[];
};

export type CommandAck =
  | { readonly ok: true; readonly seq: number; readonly result?: Readonly<Record<string, string | number>> }
  | { readonly ok: false; readonly error: Refusal };

/** What `GET /api/speed` answers: training threads, and the rates that the server has measured, none before that. */
export type Speed = {
  readonly threads: number;
  readonly rates: RatesOfEngines;
  /** How many workers train for the server; none given where it trains by itself. */
  readonly workers?: number;
};

/** What the server sends, and what it takes (unknown until parsed). */
export type ServerToClient = {
  welcome: (welcome: Welcome) => void;
  event: (event: NumberedEvent) => void;
  tick: (tick: Tick) => void;
  presence: (presence: Presence) => void;
  pointer: (pointer: Pointer) => void;
  reactions: (counts: ReactionCounts) => void;
  chains: (told: ChainsTold) => void;
  'too-slow': () => void;
  /** The server ends or is renewed: come back so many ms later, since all others are told to come at other times. */
  moved: (when: { readonly after: number }) => void;
  waiting: (waiting: Waiting) => void;
  ended: () => void;
};
export type ClientToServer = {
  command: (input: unknown, ack: unknown) => void;
  resume: (input: unknown, ack: unknown) => void;
  clock: (t: unknown, ack: unknown) => void;
  point: (input: unknown) => void;
  react: (input: unknown) => void;
  attention: (input: unknown) => void;
  chain: (input: unknown) => void;
};
