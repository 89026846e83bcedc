/** The run table without a page: what is listed in which order, what is selected, what a run has come to. */
import { describe, expect, it } from 'vitest';
import { planOf } from '../../shared/core/plan.ts';
import { Series } from '../../client/room/series.ts';
import {
  ariaSort,
  type Column,
  columns,
  firstSorting,
  isFound,
  type Listed,
  listed,
  sortedBy,
} from '../../client/runs/order.ts';
import { allToggled, movedTo, noSelection, rowAfter, toggled } from '../../client/runs/selection.ts';
import { evaluatedAtOrBefore, ratioOf, saidRatio, sameValues, valuesOf } from '../../client/runs/values.ts';
import { configured } from '../core/networks.ts';

const nothing = Object.fromEntries(columns.map((column) => [column, null])) as Record<Column, null>;

function row(order: number, keys: Partial<Listed['keys']>, words = '', status: Listed['status'] = 'finished'): Listed {
  return { order, status, keys: { ...nothing, ...keys }, words };
}

describe('the order of runs', () => {
  const all = { text: '', standing: 'all' } as const;
  const orders = (rows: readonly Listed[], column: Column, descending: boolean): number[] =>
    listed(rows, all, { column, descending }, 'en').map(({ order }) => order);

  it('has what is not there at the end both ways, and NaN before it', () => {
    const rows = [row(0, { ratio: null }), row(1, { ratio: Number.NaN }), row(2, { ratio: 118 }), row(3, { ratio: 2 })];
    const withInfinity = [...rows, row(4, { ratio: Infinity })];
    expect(orders(withInfinity, 'ratio', true)).toEqual([4, 2, 3, 1, 0]);
    expect(orders(withInfinity, 'ratio', false)).toEqual([3, 2, 4, 1, 0]);
  });

  it('counts 0 as a value', () => {
    const rows = [row(0, { accuracy: 0.5 }), row(1, { accuracy: 0 }), row(2, { accuracy: null })];
    expect(orders(rows, 'accuracy', false)).toEqual([1, 0, 2]);
  });

  it('has the newer of two equals first, whichever way it goes', () => {
    const rows = [row(0, { depth: 2 }), row(1, { depth: 2 }), row(2, { depth: 1 })];
    expect(orders(rows, 'depth', true)).toEqual([1, 0, 2]);
    expect(orders(rows, 'depth', false)).toEqual([2, 1, 0]);
  });

  it('sorts words as a language does, and numbers in them as numbers', () => {
    const rows = [
      row(0, { author: 'Zoë' }),
      row(1, { author: 'Émile' }),
      row(2, { author: 'group 10' }),
      row(3, { author: 'group 9' }),
    ];
    expect(orders(rows, 'author', false)).toEqual([1, 3, 2, 0]);
  });

  it('turns round when the same head is clicked again', () => {
    const byRatio = sortedBy(firstSorting, 'ratio');
    expect(byRatio).toEqual({ column: 'ratio', descending: true });
    expect(sortedBy(byRatio, 'ratio')).toEqual({ column: 'ratio', descending: false });
    expect(sortedBy(byRatio, 'author')).toEqual({ column: 'author', descending: false });
    expect(columns.map((column) => ariaSort(byRatio, column)).filter((sort) => sort !== 'none')).toEqual([
      'descending',
    ]);
  });

  it('finds what has every word, in any case and width', () => {
    const ada = row(0, {}, 'A Ada 4×30 sigmoid learning rate 0.5', 'stopping');
    const found = (text: string): boolean => isFound(ada, { text, standing: 'all' }, 'en');
    expect(['ada', '0.5 ADA', ' ', 'ｓｉｇ', 'relu', 'ada relu'].map(found)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(isFound(ada, { text: '', standing: 'live' }, 'en')).toBe(true);
    expect(isFound(ada, { text: '', standing: 'finished' }, 'en')).toBe(false);
  });
});

describe('the selection of runs', () => {
  const rows = Array.from({ length: 30 }, (_, index) => `run-${index + 1}`);

  it('moves by keys and stays within the list', () => {
    const after = (key: string, from: string | null) => rowAfter(key, rows, from);
    expect(after('ArrowDown', null)).toBe('run-2');
    expect(after('ArrowUp', 'run-1')).toBe('run-1');
    expect(after('PageDown', 'run-25')).toBe('run-30');
    expect(after('Home', 'run-25')).toBe('run-1');
    expect(after('End', null)).toBe('run-30');
    expect(after('x', 'run-1')).toBe(null);
    expect(rowAfter('End', [], null)).toBe(null);
  });

  it('extends from where it began, in both directions', () => {
    const begun = movedTo(noSelection, rows, 'run-3', false);
    const down = movedTo(begun, rows, 'run-5', true);
    expect([...down.selected]).toEqual(['run-3', 'run-4', 'run-5']);
    expect([...movedTo(down, rows, 'run-2', true).selected]).toEqual(['run-2', 'run-3']);
    expect(movedTo(down, rows, 'run-9', false).selected).toEqual(down.selected);
  });

  it('takes single rows and all of them', () => {
    const one = toggled(noSelection, 'run-2');
    expect([...one.selected]).toEqual(['run-2']);
    expect([...toggled(one, 'run-2').selected]).toEqual([]);
    const all = allToggled(one, rows);
    expect(all.selected.size).toBe(30);
    expect(allToggled(all, rows).selected.size).toBe(0);
  });
});

describe('what a run has come to', () => {
  const series = (...points: readonly (readonly [step: number, value: number])[]): Series => {
    const made = new Series();
    for (const [step, value] of points) made.put(step, value, true);
    return made;
  };
  // 60 images in batches of 10, three epochs: 18 steps, evaluated after each epoch.
  const plan = planOf(configured({ dataset: { name: 'mnist', train: 60, test: 20 }, epochs: 3 }));
  const measured = {
    speedOf: (layer: number) => series([0, layer], [4, layer === 1 ? 0.001 : 0.118], [12, 0]),
    trainAccuracy: series([0, 0.1], [4, 0.2]),
    testAccuracy: series([0, 0.09], [6, 0.3]),
  };

  it('is the ratio of the last hidden layer to the first at that very step', () => {
    expect(valuesOf(measured, plan, 2, { step: 4, begin: 0, moving: false }).ratio).toBeCloseTo(118);
    expect(valuesOf(measured, plan, 3, { step: 0, begin: 0, moving: false }).ratio).toBe(3);
    expect(valuesOf(measured, plan, 1, { step: 4, begin: 0, moving: false }).ratio).toBe(null);
    expect(valuesOf(measured, plan, 2, { step: -1, begin: 0, moving: false })).toEqual({
      step: -1,
      ratio: null,
      accuracy: null,
      missing: [],
    });
  });

  it('is the latest evaluation on the test images, and names what it lacks', () => {
    expect(valuesOf(measured, plan, 2, { step: 4, begin: 0, moving: false }).accuracy).toEqual({
      share: 0.09,
      of: 'test',
    });
    expect(valuesOf(measured, plan, 2, { step: 12, begin: 0, moving: false })).toMatchObject({
      accuracy: null,
      missing: [12],
    });
    expect(valuesOf(measured, plan, 2, { step: 8, begin: 0, moving: false })).toMatchObject({
      accuracy: { share: 0.3, of: 'test' },
      missing: [8],
    });
    expect([0, 5, 6, 17, 18].map((step) => evaluatedAtOrBefore(plan, step))).toEqual([0, 0, 6, 12, 18]);
  });

  it('is that on the training images where there is none on others yet', () => {
    expect(valuesOf(measured, plan, 2, { step: 4, begin: 3, moving: false }).accuracy).toEqual({
      share: 0.2,
      of: 'train',
    });
    const untested = planOf(configured({}));
    expect(valuesOf(measured, untested, 2, { step: 4, begin: 0, moving: false }).accuracy).toEqual({
      share: 0.2,
      of: 'train',
    });
  });

  it('is none, and none is asked for, where a network repeats its inputs', () => {
    const repeating = planOf(configured({ dataset: { name: 'mnist', train: 60, test: 20, targets: 'inputs' } }));
    const values = valuesOf(measured, repeating, 2, { step: 4, begin: 0, moving: false });
    expect(values).toMatchObject({ accuracy: null, missing: [] });
  });

  it('is what came just before while the run is played, and asks for nothing then', () => {
    const played = valuesOf(measured, plan, 2, { step: 9, begin: 0, moving: true });
    expect(played).toEqual({ step: 9, ratio: expect.closeTo(118), accuracy: { share: 0.3, of: 'test' }, missing: [] });
    const still = valuesOf(measured, plan, 2, { step: 9, begin: 0, moving: false });
    expect(still).toEqual({ step: 9, ratio: null, accuracy: { share: 0.3, of: 'test' }, missing: [9] });
    expect(sameValues(played, { ...played })).toBe(true);
    expect(sameValues({ ...played, ratio: null }, { ...played, ratio: Number.NaN })).toBe(false);
  });

  it('says what has no ratio as what it is', () => {
    const said = (first: number, last: number) => saidRatio(ratioOf(first, last), 'en');
    expect(said(0.001, 0.118)).toBe('118');
    expect(said(0, 0.1)).toBe('∞');
    expect(said(0.2, 0.1)).toBe('1/2.0');
    expect(said(0.1, 0.1)).toBe('1');
    expect(said(0, 0)).toBe('NaN');
    expect(said(Number.NaN, 1)).toBe('NaN');
    expect(said(0.1, 0)).toBe('0');
  });
});
