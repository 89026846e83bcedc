/**
 * How the servers of one lab hear of each other: a channel for each room, to which a server listens as long as it has the room open.
 * A server with a database of its own has none.
 */
import type { Said } from './messages.ts';

/** What is heard, and the id of the server that says it; never the own one. */
export type Hear = (from: string, said: Said) => void;

export type Channel = {
  readonly tell: (said: Said) => void;
  readonly close: () => void;
};

export type Link = {
  /** Opens the channel of a room; `hear` is called until it is closed. */
  readonly open: (room: string, hear: Hear) => Channel;
  /** Tells whoever has a room open, without hearing of it. */
  readonly tell: (room: string, said: Said) => void;
  /** Whether others can be heard just now. */
  readonly isUp: () => boolean;
  /** Has something done whenever others can be heard again, since what they said meanwhile is lost. */
  readonly whenBack: (work: () => void) => void;
  /** Rejects where what carries the messages does not answer. */
  readonly check: () => Promise<void>;
  readonly close: () => Promise<void>;
};
