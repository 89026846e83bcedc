/**
 * Pointers of the room: where this person points, on its way to the others, and where others point. Whoever draws subscribes;
 * nothing here enters React or the facts. Rules X1 and X2.
 */
import type { Spot } from '../../shared/protocol/lead.ts';
import type { Pointer } from '../../shared/protocol/wire.ts';

export type PointerFeed = {
  /** Points somewhere, or nowhere any more. */
  point(spot: Spot | null): void;
  /** Calls everybody's attention to where this person has pointed last; returns that place, null where there is none. */
  call(): Spot | null;
  /** Where somebody else points; null: nobody does. */
  current(): Pointer | null;
  /** What somebody has called attention to a moment ago, this person's own calls too. */
  called(): Pointer | null;
  hear(pointer: Pointer): void;
  subscribe(listener: () => void): () => void;
};

export type FeedInputs = {
  /** Whether what this person points at is told to anybody. */
  readonly may: () => boolean;
  /** Sends to the server; who this person is, and the server's time in ms. */
  readonly send: (message: (Spot & { readonly ping?: true }) | null) => void;
  readonly you: () => string;
  readonly now: () => number;
  /** Does something after some ms. */
  readonly after: (ms: number, act: () => void) => void;
};

const sendEvery = 100;
/** A pointer of which nothing more is heard is gone. */
const forgottenAfter = 20_000;
/** How long a call is to be seen. */
export const callLasts = 4000;

/** Builds the feed of a page. */
export function createPointerFeed({ may, send, you, now, after }: FeedInputs): PointerFeed {
  const listeners = new Set<() => void>();
  let current: Pointer | null = null;
  let call: Pointer | null = null;
  let own: Spot | null = null;
  let lastOwn: Spot | null = null;
  let sent: Spot | null = null;
  let waits = false;

  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const flush = (): void => {
    waits = false;
    if (!may() || JSON.stringify(own) === JSON.stringify(sent)) return;
    sent = own;
    send(own);
    waits = true;
    after(sendEvery, flush);
  };
  const showCall = (pointer: Pointer): void => {
    call = pointer;
    tell();
    after(callLasts, () => {
      if (call !== pointer) return;
      call = null;
      tell();
    });
  };

  return {
    point(spot) {
      own = spot;
      lastOwn = spot ?? lastOwn;
      if (!waits) flush();
    },
    call() {
      if (lastOwn === null || !may()) return null;
      send({ ...lastOwn, ping: true });
      showCall({ by: you(), at: now(), spot: lastOwn, ping: true });
      return lastOwn;
    },
    current: () => current,
    called: () => call,
    hear(pointer) {
      if (pointer.ping) return showCall(pointer);
      // Somebody who no longer points does not take another one's pointer away.
      if (pointer.spot === null && current !== null && current.by !== pointer.by) return;
      current = pointer.spot === null ? null : pointer;
      tell();
      if (current === null) return;
      after(forgottenAfter, () => {
        if (current !== pointer) return;
        current = null;
        tell();
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
