/** The step under the pointer of a plot: by mouse, by touch and by keyboard, always one that has been measured. */
import { type KeyboardEvent, type PointerEvent, type RefObject, useState } from 'react';
import type { Series } from '../room/series.ts';
import type { Geometry } from './geometry.ts';

export type Cursor = { readonly step: number; readonly layer: number | null; readonly x: number; readonly y: number };

export type CursorHandlers = {
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerLeave: (event: PointerEvent<HTMLElement>) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onBlur: () => void;
};

/** Returns the index of the point of a series that is nearest to a step, among the first `count`; -1 without any. */
function nearestIndex(series: Series, step: number, count: number): number {
  const after = Math.min(series.countUpTo(step), count - 1);
  const before = Math.min(Math.max(after - 1, 0), count - 1);
  if (count === 0) return -1;
  const distance = (index: number): number => Math.abs((series.steps[index] ?? 0) - step);
  return distance(before) <= distance(after) ? before : after;
}

const keys: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
  Home: -Infinity,
  End: Infinity,
};

/** Follows the pointer over a plot; `layerAt` names the curve nearest to a height. */
export function useCursor(
  geometry: RefObject<Geometry | null>,
  points: () => { readonly series: Series; readonly count: number } | null,
  layerAt: (step: number, y: number) => number | null,
): [Cursor | null, CursorHandlers] {
  const [cursor, setCursor] = useState<Cursor | null>(null);

  const follow = (event: PointerEvent<HTMLElement>): void => {
    const place = geometry.current;
    const known = points();
    if (place === null || known === null) return;
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const index = nearestIndex(known.series, place.xInverse(x), known.count);
    const step = known.series.steps[index];
    setCursor(step === undefined ? null : { step, layer: layerAt(step, y), x: place.x(step), y });
  };

  const move = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Escape') return setCursor(null);
    const by = keys[event.key];
    const place = geometry.current;
    const known = points();
    if (by === undefined || place === null || known === null || known.count === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const at = cursor === null ? known.count - 1 : nearestIndex(known.series, cursor.step, known.count);
    const next = Math.min(Math.max(cursor === null ? at : at + by, 0), known.count - 1);
    const step = known.series.steps[next];
    if (step !== undefined) setCursor({ step, layer: null, x: place.x(step), y: place.top });
  };

  return [
    cursor,
    {
      onPointerMove: follow,
      onPointerDown: follow,
      // A finger leaves whenever it is lifted; what it pointed at stays until something else is touched.
      onPointerLeave: ({ pointerType }) => {
        if (pointerType !== 'touch') setCursor(null);
      },
      onKeyDown: move,
      onBlur: () => setCursor(null),
    },
  ];
}
