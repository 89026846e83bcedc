/** What is seen, for the components of a page: they read the view, change it, and share one cursor. */
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { createLink, type PlotLink } from './link.ts';
import type { View, Zoom } from './view.ts';
import { createViewStore, type ViewStore } from './view-store.ts';

type Seen = { readonly view: ViewStore; readonly link: PlotLink };

const ViewContext = createContext<Seen | null>(null);

/** Reads the view from the address once and keeps the address in step while the page is shown. */
export function ViewProvider({ children }: { readonly children: ReactNode }) {
  const [seen] = useState<Seen>(() => ({ view: createViewStore(), link: createLink() }));
  useEffect(() => seen.view.open(), [seen]);
  return <ViewContext value={seen}>{children}</ViewContext>;
}

function useSeen(): Seen {
  const seen = useContext(ViewContext);
  if (seen === null) throw new Error('invariant violation: a plot outside of a view');
  return seen;
}

/** Reads a part of what is seen; the component is drawn again when that part changes. */
export function useView<T>(select: (view: View) => T): T {
  return useStore(useSeen().view.state, select);
}

/** Returns the function that changes what is seen. */
export const useChangeView = (): ViewStore['change'] => useSeen().view.change;

/** All of what is seen, for those who watch it beside React. */
export const useViewStore = (): ViewStore => useSeen().view;

/** The view at this moment, for what is done on a click. */
export const useViewNow = (): (() => View) => useSeen().view.state.getState;

/** Tells of another zoom in the moment in which it is chosen, before anything is drawn for it. */
export function useZoomed(listener: (zoom: Zoom | null) => void): void {
  const { view } = useSeen();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(
    () =>
      view.state.subscribe((now, before) => {
        if (now.zoom !== before.zoom) latest.current(now.zoom);
      }),
    [view],
  );
}

/** The cursor that the plots of the page share. */
export const usePlotLink = (): PlotLink => useSeen().link;
