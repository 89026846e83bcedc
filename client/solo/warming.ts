/** How far the page is with loading all that it may need, so that it can say when it works without the server. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { warm } from './warm.ts';

export type Warming = {
  readonly store: StoreApi<'loading' | 'warm' | 'cold'>;
  /** Begins to load. */
  begin(): void;
};

/** Builds it. */
export function createWarming(): Warming {
  const store = createStore<'loading' | 'warm' | 'cold'>(() => 'loading');
  return {
    store,
    begin() {
      warm().then(
        () => store.setState('warm', true),
        () => store.setState('cold', true),
      );
    },
  };
}
