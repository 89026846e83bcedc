/**
 * What links the plots of a page: where the pointer is, in values of the horizontal axis. Whoever draws subscribes and is
 * called within the event; nothing here enters React.
 */
import type { RunId } from '../../shared/protocol/state.ts';

export type Cursor = {
  /** A value of the horizontal axis, in its units. */
  readonly value: number;
  readonly run: RunId | null;
  readonly layer: number | null;
  /** The plot that the pointer is on. */
  readonly plot: string;
};

export type PlotLink = {
  cursor(): Cursor | null;
  /** Puts the cursor somewhere, or takes it away. */
  point(cursor: Cursor | null): void;
  subscribe(listener: (cursor: Cursor | null) => void): () => void;
};

/** Builds the link of a page. */
export function createLink(): PlotLink {
  const listeners = new Set<(cursor: Cursor | null) => void>();
  let cursor: Cursor | null = null;
  return {
    cursor: () => cursor,
    point(next) {
      if (JSON.stringify(next) === JSON.stringify(cursor)) return;
      cursor = next;
      for (const listener of listeners) listener(cursor);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
