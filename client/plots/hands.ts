/**
 * The hands on a plot: the pointer reads the curves, a drag of the mouse zooms, a double click or double tap shows all again;
 * the keyboard does all of it. The cursor only ever stands where something has been measured.
 */
import type { FocusEvent, KeyboardEvent, MouseEvent, PointerEvent } from 'react';
import type { Cursor, PlotLink } from '../view/link.ts';
import type { ViewStore } from '../view/view-store.ts';
import type { Zoom } from '../view/view.ts';
import type { Geometry } from './geometry.ts';
import { type XAxis, zoomedAbout, zoomMoved } from './x-axis.ts';

/** What an author says of where the cursor may stand. */
export type Hands = {
  /** The measured value nearest to a value of the axis; null where there is none. */
  readonly nearest: (value: number) => number | null;
  /** The measured value so many measurements further on; Infinity and -Infinity are the last and the first on show. */
  readonly further: (value: number | null, by: number) => number | null;
  /** The curve nearest to a height in pixels. */
  readonly curveAt: (value: number, y: number, geometry: Geometry) => Pick<Cursor, 'run' | 'layer'>;
  /** The curve so many further up; where it is given, the keys up and down choose a curve. */
  readonly curveAfter?: (at: Pick<Cursor, 'run' | 'layer'>, by: number) => Pick<Cursor, 'run' | 'layer'>;
};

/** What the hands are on; it changes as the plot does. */
export type Given = {
  readonly id: string;
  readonly axis: XAxis;
  readonly geometry: () => Geometry | null;
  readonly hands: Hands;
  readonly paintOver: () => void;
};

export type HandsOnPlot = {
  readonly handlers: Handlers;
  /** Both ends of what is being dragged over, in pixels; null while nothing is. */
  readonly selection: () => readonly [number, number] | null;
  readonly give: (given: Given) => void;
};

export type Handlers = {
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerCancel: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerLeave: (event: PointerEvent<HTMLElement>) => void;
  readonly onDoubleClick: (event: MouseEvent<HTMLElement>) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onBlur: (event: FocusEvent<HTMLElement>) => void;
};

/** A hand that trembles does not zoom. */
const leastDrag = 8;
const closer = 2;

const steps: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
  Home: -Infinity,
  End: Infinity,
};

/** Listens to the hands on a plot, moves the cursor of the page and changes what is zoomed into. */
export function createHands(link: PlotLink, change: ViewStore['change']): HandsOnPlot {
  let selection: readonly [number, number] | null = null;
  let given: Given | null = null;
  /** Where the mouse went down, in pixels. */
  let held: number | null = null;
  /** A click leaves the cursor where it is, until the next one: then something can be done with it. */
  let stays = false;

  const own = (): Cursor | null => {
    const cursor = link.cursor();
    return given !== null && cursor?.plot === given.id ? cursor : null;
  };
  const zoomTo = (zoom: Zoom | null): void => change({ zoom });
  const placeOf = (event: PointerEvent<HTMLElement>): [number, number] => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  const within = ({ left, width }: Geometry, x: number): number => Math.min(Math.max(x, left), left + width);

  const follow = (event: PointerEvent<HTMLElement>): void => {
    const place = given?.geometry() ?? null;
    if (given === null || place === null) return;
    const { id, axis, hands } = given;
    const [x, y] = placeOf(event);
    const value = hands.nearest(axis.value(place.xInverse(within(place, x))));
    link.point(value === null ? null : { value, plot: id, ...hands.curveAt(value, y, place) });
  };

  const endDrag = (): void => {
    held = null;
    selection = null;
    given?.paintOver();
  };

  const keyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (given === null) return;
    const { id, axis, hands } = given;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const cursor = own();
    const by = steps[event.key];
    if (event.key === 'Escape' && cursor !== null) {
      stays = false;
      link.point(null);
    } else if (event.key === '0') zoomTo(null);
    else if (event.key === '+' || event.key === '=') zoomTo(zoomedAbout(axis, cursor?.value ?? middle(axis), closer));
    else if (event.key === '-') zoomTo(zoomedAbout(axis, cursor?.value ?? middle(axis), 1 / closer));
    else if (by !== undefined && event.shiftKey && Math.abs(by) === 1) zoomTo(zoomMoved(axis, by / 4));
    else if (hands.curveAfter !== undefined && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      const value = cursor?.value ?? hands.further(null, 1);
      const at = { run: cursor?.run ?? null, layer: cursor?.layer ?? null };
      if (value !== null) link.point({ value, plot: id, ...hands.curveAfter(at, event.key === 'ArrowUp' ? 1 : -1) });
    } else if (by !== undefined) {
      const value = hands.further(cursor?.value ?? null, by);
      if (value !== null) link.point({ value, plot: id, run: cursor?.run ?? null, layer: cursor?.layer ?? null });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    selection: () => selection,
    give(next) {
      given = next;
    },
    handlers: {
      onPointerMove(event) {
        const place = given?.geometry() ?? null;
        const [x] = placeOf(event);
        if (held !== null && place !== null && (selection !== null || Math.abs(x - held) >= leastDrag)) {
          selection = [within(place, held), within(place, x)];
          given?.paintOver();
        }
        if (!stays) follow(event);
      },
      onPointerDown(event) {
        if (!stays || event.pointerType === 'touch') follow(event);
        // A finger that moves sideways reads the curve; only a mouse or pen has a second way to do that.
        if (event.pointerType === 'touch' || event.button !== 0) return;
        [held] = placeOf(event);
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerUp(event) {
        const { pointerType } = event;
        const dragged = selection;
        endDrag();
        const place = given?.geometry() ?? null;
        if (given === null || place === null) return;
        if (dragged === null) {
          if (pointerType === 'touch') return;
          stays = !stays;
          return follow(event);
        }
        if (Math.abs(dragged[1] - dragged[0]) < leastDrag) return;
        const { axis } = given;
        const [from = 0, to = 0] = dragged.map((x) => axis.value(place.xInverse(x))).toSorted((a, b) => a - b);
        if (from < to) zoomTo([from, to]);
      },
      onPointerCancel: endDrag,
      // A finger leaves whenever it is lifted; what it pointed at stays until something else is touched.
      onPointerLeave({ pointerType }) {
        if (pointerType !== 'touch' && held === null && !stays) link.point(null);
      },
      onDoubleClick: () => zoomTo(null),
      onKeyDown: keyDown,
      onBlur({ currentTarget, relatedTarget }) {
        // What is pressed on the card is about where the cursor stands.
        const card = currentTarget.closest('[data-plot]');
        if (relatedTarget instanceof Node && card?.contains(relatedTarget) === true) return;
        stays = false;
        if (own() !== null) link.point(null);
      },
    },
  };
}

/** The value in the middle of what is on show. */
export const middle = ({ domain: [from, to], value }: XAxis): number => value((from + to) / 2);
