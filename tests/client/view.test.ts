/** The address bar says what is seen: what is written is read back, and what nobody wrote does no harm. */
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import {
  axisUnits,
  comparisons,
  defaultView,
  measures,
  laneKinds,
  plotNames,
  readFollowed,
  readView,
  spreadValues,
  type View,
  whyParts,
  writeFollowed,
  writeView,
} from '../../client/view/view.ts';
import { createViewStore } from '../../client/view/view-store.ts';
import { fixedLimits } from '../../shared/protocol/limits.ts';
import { viewPattern } from '../../shared/protocol/lead.ts';
import { uniform } from '../../shared/core/random.ts';

/** A view of a seed. */
function drawn(seed: number): View {
  const chance = (n: number): number => uniform({ seed, purpose: 'data', index: 1 }, n);
  const pick = <Item>(items: readonly Item[], n: number): Item => {
    const item = items[Math.floor(chance(n) * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  const from = Math.floor(1e4 * chance(1)) / 8;
  return {
    plot: pick(plotNames, 2),
    full: pick([null, 'layers', 'heat'], 3),
    runs: pick([null, [], ['run-1'], ['run-3', 'run-1', 'run-12']], 4),
    base: pick([null, 'run-2'], 5),
    at: pick([null, { run: 'run-7', step: Math.floor(1e6 * chance(6)) }], 7),
    measure: pick(measures, 8),
    layer: pick([null, 1, 65], 9),
    compared: pick(comparisons, 18),
    multiples: chance(19) < 0.5,
    why: pick(whyParts, 20),
    lanes: pick(laneKinds, 21),
    spread: pick(spreadValues, 22),
    sees: pick(['sees', 'says'] as const, 23),
    own: chance(24) < 0.5,
    axis: pick(axisUnits, 10),
    x: pick(['linear', 'log'] as const, 11),
    y: pick(['linear', 'log'] as const, 12),
    zoom: pick([null, [from, from + 3.25], [0, 2.5e15]] as const, 13),
    smoothing: pick([0, 0.6, 0.99], 14),
    book: chance(15) < 0.5,
    theory: chance(26) < 0.5,
    table: chance(16) < 0.5,
    free: chance(25) < 0.5,
    sheet: pick(['plot', 'class', 'board', 'runs', 'more'] as const, 17),
  };
}

describe('what is seen', () => {
  test.each(Array.from({ length: 50 }, (_, seed) => seed + 1))(
    'is read back from the address as it was, seed %i',
    (seed) => {
      expect(readView(writeView(drawn(seed)))).toEqual(drawn(seed));
    },
  );

  test.each(Array.from({ length: 50 }, (_, seed) => seed + 1))(
    '[V1] is followed in what belongs to the room and in nothing else, seed %i',
    (seed) => {
      const view = drawn(seed);
      const text = writeFollowed(view, fixedLimits.viewLength);
      expect(text).toMatch(viewPattern);
      const { full, at, table, free, sheet } = defaultView;
      expect({ ...defaultView, ...readFollowed(text) }).toEqual({ ...view, full, at, table, free, sheet });
    },
  );

  it('[V1] is followed without the list of runs where that is too long', () => {
    const runs = Array.from({ length: 100 }, (_, n) => `run-${n + 1}`);
    const text = writeFollowed({ ...defaultView, plot: 'heat', runs }, fixedLimits.viewLength);
    expect(text).toBe('plot=heat');
    expect(writeFollowed({ ...defaultView, runs: runs.slice(0, 60) }, fixedLimits.viewLength)).toContain('run-60');
  });

  it('leaves the address bare where all is as it is by default', () => {
    expect(writeView(defaultView)).toBe('');
    expect(readView('')).toEqual(defaultView);
  });

  it('is written so that a person can read it', () => {
    const view = {
      ...defaultView,
      plot: 'compare',
      runs: ['run-1', 'run-3'],
      zoom: [100, 400],
      at: { run: 'run-3', step: 213 },
    } as const;
    expect(writeView(view)).toBe('?plot=compare&runs=run-1,run-3&at=run-3.213&zoom=100_400');
  });

  test.each([
    'plot=nothing',
    'plot=',
    'runs=a b',
    'runs=run-1,,run-2',
    'base=%00',
    'at=run-1',
    'at=run-1.-3',
    'at=run-1.1.1',
    'layer=0',
    'layer=1.5',
    'layer=1e400',
    'axis=miles',
    'zoom=4',
    'zoom=9_3',
    'zoom=NaN_Infinity',
    'smooth=1',
    'smooth=-0.1',
    'book=yes',
    'full=<script>',
    'x=%E0%A4%A',
  ])('takes the default for %s', (search) => {
    expect(readView(`?${search}`)).toEqual(defaultView);
  });

  it('keeps what is right beside what is wrong, and what others have written', () => {
    expect(readView('?plot=heat&layer=x&smooth=0.5')).toEqual({ ...defaultView, plot: 'heat', smoothing: 0.5 });
    expect(writeView({ ...defaultView, book: true }, '?from=mail&plot=heat')).toBe('?from=mail&book=1');
  });
});

describe('the address bar', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const barWith = (search: string) => {
    const written: string[] = [];
    const bar = {
      search: () => written.at(-1) ?? search,
      replace: (next: string): void => void written.push(next),
    };
    return { written, view: createViewStore(bar) };
  };

  it('follows what is seen, however often that changes, and only while it is to', () => {
    const { written, view } = barWith('?measure=speedRms');
    const close = view.open();
    for (let smoothing = 0; smoothing < 0.9; smoothing += 0.01) view.change({ smoothing });
    view.change({ zoom: [10, 20] });
    vi.runAllTimers();
    expect(written).toEqual(['?measure=speedRms&zoom=10_20&smooth=0.89']);
    view.change({ plot: 'heat' });
    close();
    vi.runAllTimers();
    expect(written).toHaveLength(1);
  });

  it('forgets the zoom with the axis that it belongs to', () => {
    const { view } = barWith('?zoom=10_20');
    view.change({ x: 'log' });
    expect(view.state.getState().zoom).toEqual([10, 20]);
    view.change({ axis: 'epoch' });
    expect(view.state.getState().zoom).toBeNull();
  });
});
