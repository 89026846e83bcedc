/**
 * The line between this page and whoever serves its room: a server over the network, or a worker of this very page. What the
 * room says comes through it, what people do goes through it, and whatever has been measured is asked for by it.
 */
import type { Majority } from '../../shared/core/majority.ts';
import type { LookRecord } from '../../shared/protocol/look.ts';
import type { DrawnMetric } from '../../shared/protocol/metrics.ts';
import type { Reaction, ReactionCounts } from '../../shared/protocol/reactions.ts';
import type { Spot } from '../../shared/protocol/lead.ts';
import type { Chain } from '../../shared/core/chain.ts';
import type { ChainsTold } from '../../shared/protocol/chains.ts';
import type { RunId } from '../../shared/protocol/state.ts';
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import type { CommandAck, Pointer, Presence, Speed, Tick, Welcome, You } from '../../shared/protocol/wire.ts';
import type { History, Source } from './history.ts';
import type { LookWish } from './looks.ts';
import type { Sent } from './outbox.ts';
import type { Refusal, Trouble } from './refusals.ts';
import type { Span } from './spans.ts';

export type LookAnswer =
  | { readonly ok: true; readonly value: LookRecord }
  | { readonly ok: false; readonly error: Trouble };

/** What is measured of the room's runs, as one person may read it. What cannot be had is rejected. */
export type Reader = {
  /** Curves of a run between two steps, few enough points to draw. */
  curves(run: RunId, metrics: readonly DrawnMetric[], span: Span): Promise<History>;
  /** The same metrics of several runs, of each between two steps of its own, in the order given; of each at most so many points. */
  several(
    spans: readonly { readonly run: RunId; readonly span: Span }[],
    metrics: readonly DrawnMetric[],
    signal: AbortSignal,
    points?: number,
  ): Promise<readonly History[]>;
  /** The measurements between two steps as they are kept, one line of JSON each. */
  lines(run: RunId, span: Span): Promise<string[]>;
  look(wish: LookWish, signal: AbortSignal): Promise<LookAnswer>;
};

/** Of the measured training images and of the test images; null where there are none. */
export type Majorities = { readonly train: Majority | null; readonly test: Majority | null };

/** Who listens to a line. */
export type Hearing = {
  /** The number of the last event known, in which log; null before the first welcome. */
  followed(): { readonly log: string; readonly seq: number } | null;
  connected(): void;
  welcome(welcome: Welcome): void;
  event(event: NumberedEvent): void;
  tick(tick: Tick): void;
  presence(presence: Presence): void;
  pointer(pointer: Pointer): void;
  reactions(counts: ReactionCounts): void;
  chains(told: ChainsTold): void;
  tooSlow(): void;
  ended(): void;
  /** The line is cut; tells whether to come back. */
  lost(): boolean;
  /** Somebody who leads has to let this person in first. */
  atTheDoor(you: You): void;
  /** It cannot be had just now, and is tried again. */
  waiting(): void;
  /** Nobody is let in, and trying again would not help. */
  refused(refusal: Refusal): void;
};

/** A line that somebody listens to. Nothing goes through it before `connect`; what is not answered in time is answered with null. */
export type Wire = {
  connect(): void;
  disconnect(): void;
  readonly connected: boolean;
  command(command: Sent, within: number, answer: (ack: CommandAck | null) => void): void;
  /** Asks for the events that are missing after those that are known. */
  resume(known: { readonly log: string; readonly seq: number }, answer: (welcome: Welcome) => void): void;
  /** What cannot be sent at once is not sent. */
  point(message: (Spot & { readonly ping?: true }) | null): void;
  /** Gives a sign; what cannot be sent at once is not sent. */
  react(reaction: Reaction): void;
  /** Says whether anybody looks at the page. */
  attention(isVisible: boolean): void;
  /** Tells how the own chain stands; what cannot be sent at once is not sent. */
  chain(chain: Chain): void;
  /** Asks for the time of whoever serves the room, in ms; without an answer nothing happens. */
  time(answer: (at: number) => void): void;
};

export type Line = {
  /** Where the room is: with others on a server, or alone in this page. */
  readonly place: 'server' | 'page';
  /** The code that the room has now. */
  code(): string;
  /** Reads as the person of a token. */
  reader(token: string): Reader;
  /** Where a worker of its own reads the same; null: it has to ask this page. */
  source(token: string): Source | null;
  /** The most frequent digits among the first `train` and the last `test` of all images. */
  majorities(train: number, test: number): Promise<Majorities>;
  speed(): Promise<Speed>;
  listen(hearing: Hearing): Wire;
  /** Takes note of who this page is in the room, so that it is the same person again. */
  admitted(you: You): void;
  /** Takes note of the code and the name that the room now has for this person. */
  follows(code: string, name: string | null): void;
  /** Whoever this page was in the room is nobody there any more. */
  forgotten(): void;
};
