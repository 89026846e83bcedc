/** Keeps what is seen, and keeps the address bar in step with it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { readView, type View, writeView } from './view.ts';

export type ViewStore = {
  readonly state: Pick<StoreApi<View>, 'getState' | 'subscribe' | 'getInitialState'>;
  /** Changes some of what is seen; the address follows. */
  change(patch: Partial<View>): void;
  /** Begins to write the address; returns how to end that. */
  open(): () => void;
};

/** The address bar, as far as it is needed here. */
export type AddressBar = { search(): string; replace(search: string): void };

const addressBar: AddressBar = {
  search: () => location.search,
  replace: (search) => history.replaceState(history.state, '', location.pathname + search + location.hash),
};

/** Browsers refuse to have the address replaced too often; a hand on a slider changes it with every move. */
const writeAfter = 150;

/** Builds the store of a page from its address. */
export function createViewStore(bar: AddressBar = addressBar): ViewStore {
  const state = createStore<View>(() => readView(bar.search()));
  let timer: ReturnType<typeof setTimeout> | null = null;
  const write = (): void => {
    timer = null;
    const search = writeView(state.getState(), bar.search());
    if (search !== bar.search()) bar.replace(search);
  };
  return {
    state,
    change(patch) {
      // A range of one axis means nothing on another.
      const isOther = patch.axis !== undefined && patch.axis !== state.getState().axis;
      state.setState({ ...(isOther ? { zoom: null } : {}), ...patch });
    },
    open() {
      const release = state.subscribe(() => {
        timer ??= setTimeout(write, writeAfter);
      });
      return () => {
        release();
        if (timer !== null) clearTimeout(timer);
        timer = null;
      };
    },
  };
}
