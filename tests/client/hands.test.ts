/** The hands on a plot: what is read, what is zoomed into, and that every drag has a key beside it. */
import type { KeyboardEvent, PointerEvent } from 'react';
import { describe, expect, it, test } from 'vitest';
import { geometryOf } from '../../client/plots/frame-painter.ts';
import { createHands } from '../../client/plots/hands.ts';
import { stopsOf } from '../../client/plots/stops.ts';
import { xAxisOf } from '../../client/plots/x-axis.ts';
import { Series } from '../../client/room/series.ts';
import { createLink } from '../../client/view/link.ts';
import { createViewStore } from '../../client/view/view-store.ts';
import type { Zoom } from '../../client/view/view.ts';

/** A plot of 500 px for steps 0 to 100, measured at every tenth. */
function onPlot(zoom: Zoom | null = null) {
  const link = createLink();
  const view = createViewStore({ search: () => '', replace: () => undefined });
  view.change({ zoom });
  const hands = createHands(link, view.change);
  const axis = xAxisOf({ whole: [0, 100], zoom, kind: 'linear', least: 1, mostTicks: 5, format: String });
  const series = new Series();
  for (let step = 0; step <= 100; step += 10) series.put(step, 1, false);
  const unit = { valueOf: (step: number) => step, stepOf: (value: number) => value };
  const area = { left: 0, top: 0, width: 500, height: 100 };
  hands.give({
    id: 'layers',
    axis,
    geometry: () => geometryOf(area, { x: axis, y: { domain: [0, 1], ticks: [] } }),
    hands: {
      ...stopsOf(() => ({ series, count: series.length, factor: 1 }), unit, axis),
      curveAt: () => ({ run: 'run-1', layer: 2 }),
    },
    paintOver: () => undefined,
  });
  const target = { getBoundingClientRect: () => ({ left: 0, top: 0 }), setPointerCapture: () => undefined };
  // The hands read nothing else of an event.
  const at = (clientX: number, pointerType = 'mouse') =>
    ({
      clientX,
      clientY: 10,
      pointerType,
      pointerId: 1,
      button: 0,
      currentTarget: target,
    }) as unknown as PointerEvent<HTMLElement>;
  const press = (key: string, shiftKey = false) =>
    hands.handlers.onKeyDown({
      key,
      shiftKey,
      preventDefault() {},
      stopPropagation() {},
    } as unknown as KeyboardEvent<HTMLElement>);
  return {
    link,
    hands: hands.handlers,
    selection: hands.selection,
    zoomed: () => view.state.getState().zoom,
    at,
    press,
  };
}

describe('a pointer', () => {
  it('reads the nearest measurement and leaves nothing behind', () => {
    const { link, hands, at } = onPlot();
    hands.onPointerMove(at(168));
    expect(link.cursor()).toEqual({ value: 30, plot: 'layers', run: 'run-1', layer: 2 });
    hands.onPointerLeave(at(168));
    expect(link.cursor()).toBeNull();
  });

  it('zooms into what it is dragged over, in either direction, no further than the plot', () => {
    const { hands, zoomed, at, selection } = onPlot();
    hands.onPointerDown(at(400));
    hands.onPointerMove(at(100));
    expect(selection()).toEqual([400, 100]);
    hands.onPointerMove(at(-50));
    hands.onPointerUp(at(-50));
    expect([zoomed(), selection()]).toEqual([[0, 80], null]);
  });

  it('does not zoom where the hand only trembles, and shows all again at a double click', () => {
    const { hands, zoomed, at } = onPlot([10, 60]);
    hands.onPointerDown(at(200));
    hands.onPointerMove(at(204));
    hands.onPointerUp(at(204));
    expect(zoomed()).toEqual([10, 60]);
    hands.onDoubleClick(at(204));
    expect(zoomed()).toBeNull();
  });

  it('leaves the cursor where it clicks, until it clicks again', () => {
    const { link, hands, at } = onPlot();
    hands.onPointerDown(at(100));
    hands.onPointerUp(at(100));
    hands.onPointerMove(at(400));
    hands.onPointerLeave(at(400));
    expect(link.cursor()?.value).toBe(20);
    hands.onPointerDown(at(300));
    hands.onPointerUp(at(300));
    expect(link.cursor()?.value).toBe(60);
    hands.onPointerMove(at(400));
    expect(link.cursor()?.value).toBe(80);
    hands.onPointerLeave(at(400));
    expect(link.cursor()).toBeNull();
  });

  it('reads and never zooms where it is a finger, and what it pointed at stays', () => {
    const { link, hands, zoomed, at } = onPlot();
    hands.onPointerDown(at(100, 'touch'));
    hands.onPointerMove(at(400, 'touch'));
    hands.onPointerUp(at(400, 'touch'));
    hands.onPointerLeave(at(400, 'touch'));
    expect([link.cursor()?.value, zoomed()]).toEqual([80, null]);
  });
});

describe('the keyboard', () => {
  it('moves the cursor from measurement to measurement, begins at the newest, and takes it away', () => {
    const { link, press } = onPlot();
    const after = (key: string): number | undefined => {
      press(key);
      return link.cursor()?.value;
    };
    expect(['ArrowLeft', 'ArrowLeft', 'Home', 'PageUp', 'ArrowRight', 'Escape'].map(after)).toEqual([
      100,
      90,
      0,
      100,
      100,
      undefined,
    ]);
  });

  test.each([
    ['+', false, null, [25, 75]],
    ['-', false, [25, 75], null],
    ['0', false, [25, 75], null],
    ['ArrowRight', true, [20, 60], [30, 70]],
    ['ArrowLeft', true, [20, 60], [10, 50]],
  ] as const)('zooms without a drag: %s, with shift %s, from %j to %j', (key, shift, before, after) => {
    const { press, zoomed } = onPlot(before);
    press(key, shift);
    expect(zoomed()).toEqual(after);
  });

  it('stays within what is zoomed into', () => {
    const { link, press } = onPlot([20, 60]);
    press('Home');
    expect(link.cursor()?.value).toBe(20);
    press('End');
    expect(link.cursor()?.value).toBe(60);
  });
});
