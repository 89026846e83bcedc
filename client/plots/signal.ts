/** Tells a plot to paint again, from outside of React. */

export type Signal = { readonly send: () => void; readonly subscribe: (listener: () => void) => () => void };

/** Makes a signal that nobody hears yet. */
export function createSignal(): Signal {
  const listeners = new Set<() => void>();
  return {
    send() {
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
