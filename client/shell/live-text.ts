/**
 * What is spoken to those who hear the page, without being asked: the latest words of every source, together, and never more
 * often than they can be listened to. It knows no React and no clock but the one it is given.
 */

/** Speech that begins anew before it is over is heard by nobody. */
export const spokenEvery = 10_000;
/** Words that are about to change again are not worth speaking. */
const settledAfter = 400;

export type Clock = {
  /** Milliseconds from any beginning. */
  readonly now: () => number;
  /** Calls once, after so many milliseconds; returns how to call it off. */
  readonly after: (milliseconds: number, act: () => void) => () => void;
};

export type LiveText = {
  /** Gives the words of a source for the next turn; what it gave before and was not spoken yet is forgotten. */
  readonly offer: (source: string, text: string, moving: boolean) => void;
  /** Forgets a source. */
  readonly withdraw: (source: string) => void;
  /** Says nothing until it is resumed; what has been missed by then is spoken as it is then. */
  readonly pause: (paused: boolean) => void;
  readonly isPaused: () => boolean;
  /** What was spoken last. */
  readonly spoken: () => string;
  /** Calls with every change of `spoken` and of `isPaused`. */
  readonly subscribe: (listener: () => void) => () => void;
};

/** Makes a live text. Words of a source that moves wait for a whole turn; those of one at rest only until they have settled. */
export function createLiveText({ now, after }: Clock, beginsPaused = false): LiveText {
  const said = new Map<string, string>();
  const waiting = new Map<string, string>();
  const listeners = new Set<() => void>();
  let paused = beginsPaused;
  let spoken = '';
  let lastTurn = -Infinity;
  let turn: { readonly at: number; readonly cancel: () => void } | null = null;

  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const speak = (): void => {
    turn = null;
    if (waiting.size === 0) return;
    spoken = [...waiting.values()].join(' ');
    for (const [source, text] of waiting) said.set(source, text);
    waiting.clear();
    lastTurn = now();
    tell();
  };
  const plan = (wait: number): void => {
    if (paused) return;
    const at = Math.max(now() + wait, lastTurn + spokenEvery);
    if (turn !== null && turn.at <= at) return;
    turn?.cancel();
    turn = { at, cancel: after(at - now(), speak) };
  };

  return {
    offer(source, text, moving) {
      if (text === (waiting.get(source) ?? said.get(source))) {
        // Words that have come to rest need not wait for the turn of those that move.
        if (!moving && waiting.has(source)) plan(settledAfter);
        return;
      }
      if (text === said.get(source)) waiting.delete(source);
      else waiting.set(source, text);
      if (waiting.size > 0) plan(moving ? spokenEvery : settledAfter);
    },
    withdraw(source) {
      said.delete(source);
      waiting.delete(source);
    },
    pause(next) {
      if (paused === next) return;
      paused = next;
      if (paused) {
        turn?.cancel();
        turn = null;
      } else if (waiting.size > 0) plan(settledAfter);
      tell();
    },
    isPaused: () => paused,
    spoken: () => spoken,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
