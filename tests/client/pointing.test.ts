/** Somebody else's pointer on a plot: the same step and layer, whatever the axis there is. */
import { describe, expect, test } from 'vitest';
import type { Geometry } from '../../client/plots/geometry.ts';
import { type Pointing, placeOf, spotAt } from '../../client/plots/pointing.ts';
import { stepUnit, xAxisOf } from '../../client/plots/x-axis.ts';

const epochs = { valueOf: (step: number) => step / 10, stepOf: (value: number) => value * 10 };
const geometry: Geometry = {
  left: 50,
  top: 10,
  width: 200,
  height: 100,
  x: (value) => 50 + value * 2,
  y: (value) => 110 - value,
  xInverse: (pixel) => (pixel - 50) / 2,
};
const axis = xAxisOf({ whole: [0, 100], zoom: null, kind: 'linear', least: 1, mostTicks: 5, format: String });
const pointing: Pointing = {
  unitOf: (run) => (run === 'run-2' ? { run, unit: epochs } : run === null ? { run: 'run-1', unit: stepUnit } : null),
  heightOf: ({ layer }) => (layer === null ? null : layer * 10),
};

describe('A pointer', () => {
  test('is a step of a run, whatever the axis says', () => {
    const at = { layer: 3, plot: 'layers' };
    expect(spotAt(pointing, { ...at, value: 41.27, run: 'run-2' })).toEqual({ run: 'run-2', layer: 3, step: 413 });
    expect(spotAt(pointing, { ...at, value: 7, run: null })).toEqual({ run: 'run-1', layer: 3, step: 7 });
    expect(spotAt(pointing, { ...at, value: 7, run: 'run-9' })).toBeNull();
  });

  test('stands at that step on another plot, or not at all', () => {
    expect(placeOf(pointing, { run: 'run-2', layer: 3, step: 500 }, axis, geometry)).toEqual({ x: 150, y: 30 });
    expect(placeOf(pointing, { run: 'run-2', layer: null, step: 0 }, axis, geometry)).toEqual({ x: 50, y: null });
    expect(placeOf(pointing, { run: 'run-2', layer: 1, step: 2000 }, axis, geometry)).toBeNull();
    expect(placeOf(pointing, { run: 'run-3', layer: 1, step: 5 }, axis, geometry)).toBeNull();
  });
});
