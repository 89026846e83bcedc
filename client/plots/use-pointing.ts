/** A plot's part in pointing: tells the room where the cursor of this plot stands, and knows what others point at. */
import { useEffect, useMemo } from 'react';
import { lookUp } from '../../shared/protocol/state.ts';
import { useRoom } from '../room/context.tsx';
import type { PointerFeed } from '../room/pointer-feed.ts';
import type { Palette } from '../theme.ts';
import { usePlotLink, useViewNow } from '../view/context.tsx';
import type { Geometry } from './geometry.ts';
import { paintPointer, placeOf, type Pointing, spotAt } from './pointing.ts';
import type { Sheet } from './sheet/sheet.ts';
import type { XAxis } from './x-axis.ts';

/** What a plot is at this moment, for those who point at it. */
export type Target = {
  readonly id: string;
  readonly axis: XAxis;
  readonly fontSize: number;
  readonly pointing: Pointing | null;
};

export type PointerPainter = {
  /** Whether somebody else's pointer has to be painted. */
  readonly needed: () => boolean;
  readonly paint: (sheet: Sheet, geometry: Geometry, palette: Palette, target: Target) => void;
};

/** How long the ring of a call grows, in ms, and from where to where. */
const ringGrows = 900;
const [small, large] = [10, 36];

/** Tells where this plot's cursor stands; `target` is asked at every move, `repaint` called with news of others. */
export function usePointing(target: () => Target, repaint: () => void): void {
  const room = useRoom();
  const link = usePlotLink();
  const viewNow = useViewNow();
  useEffect(() => {
    const release = link.subscribe((cursor) => {
      const { id, pointing } = target();
      if (pointing === null || (cursor !== null && cursor.plot !== id)) return;
      // Whoever looks around alone points for nobody.
      room.pointers.point(cursor === null || viewNow().free ? null : spotAt(pointing, cursor));
    });
    return () => {
      release();
      room.pointers.point(null);
    };
  }, [link, room, viewNow, target]);
  useEffect(() => {
    let frame: number | null = null;
    const grow = (): void => {
      repaint();
      const called = room.pointers.called();
      const isGrowing = called !== null && room.now() - called.at < ringGrows && !isStill();
      frame = isGrowing ? requestAnimationFrame(grow) : null;
    };
    const release = room.pointers.subscribe(() => {
      if (frame === null) grow();
    });
    return () => {
      release();
      if (frame !== null) cancelAnimationFrame(frame);
    };
  }, [room, repaint]);
}

/** Returns how to call everybody to where this person has pointed last. */
export function usePointerCall(): PointerFeed['call'] {
  const { pointers } = useRoom();
  return pointers.call;
}

/** Paints what others point at. */
export function usePointerPainter(): PointerPainter {
  const room = useRoom();
  return useMemo(
    () => ({
      needed: () => room.pointers.current() !== null || room.pointers.called() !== null,
      paint(sheet, geometry, palette, { pointing, axis, fontSize }) {
        if (pointing === null) return;
        const [current, called] = [room.pointers.current(), room.pointers.called()];
        for (const pointer of [current, called]) {
          if (pointer === null || pointer.spot === null || (pointer === current && called?.by === current.by)) continue;
          const place = placeOf(pointing, pointer.spot, axis, geometry);
          if (place === null) continue;
          const name = lookUp(room.store.getState().state?.people ?? {}, pointer.by)?.name ?? '';
          const grown = isStill() ? 1 : Math.min(1, Math.max(0, room.now() - pointer.at) / ringGrows);
          const ring = pointer.ping ? small + (large - small) * grown : null;
          paintPointer(sheet, geometry, palette, place, { name, fontSize, ring });
        }
      },
    }),
    [room],
  );
}

const isStill = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
