/** Says on a plot's element what has been painted, for tests and for whoever looks into the page; a few times a second at most. */
import { type RefObject, useEffect, useMemo } from 'react';

export type Announced = { readonly points: number; readonly from: number; readonly to: number };

const announceEvery = 250;

/** Returns the function that is told of every painting. */
export function useAnnounced(root: RefObject<HTMLElement | null>): (painted: Announced) => void {
  const announcer = useMemo(() => announcerOn(root), [root]);
  useEffect(() => announcer.stop, [announcer]);
  return announcer.announce;
}

function announcerOn(root: RefObject<HTMLElement | null>) {
  let announced = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const write = ({ points, from, to }: Announced): void => {
    timer = null;
    const element = root.current;
    if (element === null) return;
    announced = performance.now();
    element.dataset['drawnPoints'] = String(points);
    element.dataset['drawnFrom'] = String(from);
    element.dataset['drawnTo'] = String(to);
  };
  return {
    announce(painted: Announced): void {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      if (performance.now() - announced >= announceEvery) write(painted);
      else timer = setTimeout(() => write(painted), announceEvery);
    },
    stop(): void {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
