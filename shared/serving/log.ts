/** The log of a room, as the room's queue sees it: what a batch adds to it, and what is asked of whatever keeps it. */
import type { NumberedEvent } from '../protocol/events.ts';
import type { CommandAck } from '../protocol/wire.ts';
import type { Claim } from '../training/store.ts';

export type StoredRoom = {
  readonly id: string;
  readonly code: string;
  readonly log: string;
  readonly hostKeyHash: string;
  readonly seq: number;
};
export type SavedAnswer = { readonly person: string; readonly command: string; readonly answer: CommandAck };

/** What one batch of a room's commands adds to the store, committed together or not at all. */
export type Addition = {
  readonly events: readonly NumberedEvent[];
  readonly answers: readonly SavedAnswer[];
  readonly identities: readonly { readonly tokenHash: string; readonly person: string }[];
  readonly devices?: readonly { readonly device: string; readonly person: string }[];
};

/**
 * What may be looked up in the store while a batch is judged: an earlier answer, whether a room has or had a code at its end, and
 * whether an attempt at a run is the newest, which it then is until the batch is committed.
 */
export type Lookup = {
  readonly answerTo: (person: string, command: string) => Promise<CommandAck | null>;
  readonly isCodeTaken: (code: string) => Promise<boolean>;
  readonly isHeld: (claim: Claim) => Promise<boolean>;
};

export type EventLog = {
  /** Whether others may append to it too: other servers on the same database. */
  readonly isShared: boolean;
  /** Reads the events after a number, in order; the first `most` of them where that is given. */
  readonly eventsAfter: (room: string, seq: number, most?: number) => Promise<NumberedEvent[]>;
  /**
   * Runs `work` while nobody else can append to the room: it is given the events after `seen` and a way to look things up,
   * and what it returns is committed before this resolves.
   */
  readonly append: <T>(
    room: string,
    seen: number,
    work: (unseen: readonly NumberedEvent[], lookup: Lookup) => Promise<{ addition: Addition; value: T }>,
  ) => Promise<T>;
};
