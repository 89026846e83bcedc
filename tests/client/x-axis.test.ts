/** The horizontal axis: where values stand, which of them are written, and what zooming makes of it. */
import { describe, expect, it, test } from 'vitest';
import { unitOf, xAxisOf, zoomedAbout, zoomMoved } from '../../client/plots/x-axis.ts';
import { flopsOf, planOf } from '../../shared/core/plan.ts';
import { presetOf } from '../../shared/experiments/presets.ts';
import { parseConfiguration } from '../../shared/protocol/configuration.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';

const axisOf = (kind: 'linear' | 'log', zoom: readonly [number, number] | null = null, to = 500) =>
  xAxisOf({ whole: [0, to], zoom, kind, least: 1, mostTicks: 8, format: String });
const labels = (axis: ReturnType<typeof axisOf>) => axis.ticks.map(({ label }) => label);

describe('the horizontal axis', () => {
  it('shows all there is, at round numbers', () => {
    expect(labels(axisOf('linear'))).toEqual(['0', '100', '200', '300', '400', '500']);
    expect(axisOf('linear').domain).toEqual([0, 500]);
  });

  it('shows what is zoomed into, as far as there is something', () => {
    expect(axisOf('linear', [40, 90]).shown).toEqual([40, 90]);
    expect(labels(axisOf('linear', [40, 90]))).toEqual(['40', '50', '60', '70', '80', '90']);
    expect(axisOf('linear', [400, 9000]).shown).toEqual([400, 500]);
    expect(axisOf('linear', [700, 900]).shown).toEqual([0, 500]);
  });

  it('has a place for step 0 beside powers of ten', () => {
    const axis = axisOf('log', null, 1000);
    expect(labels(axis)).toEqual(['0', '1', '10', '100', '1000']);
    expect(axis.place(0)).toBeLessThan(axis.place(1));
    expect(axis.place(10) - axis.place(1)).toBeCloseTo(axis.place(100) - axis.place(10));
    expect(axis.domain).toEqual([axis.place(0), 3]);
  });

  test.each(['linear', 'log'] as const)('leads from a %s place back to its value', (kind) => {
    const axis = axisOf(kind);
    for (const value of [0, 1, 7, 250, 500]) expect(axis.value(axis.place(value))).toBeCloseTo(value, 9);
  });

  it('writes 2 and 5 between powers of ten where few are on show', () => {
    expect(labels(axisOf('log', [20, 300]))).toEqual(['20', '50', '100', '200']);
  });
});

describe('zooming', () => {
  test.each(['linear', 'log'] as const)('closer and back about a value shows all again on a %s axis', (kind) => {
    const closer = zoomedAbout(axisOf(kind), 100, 2);
    if (closer === null) throw new Error('nothing was zoomed');
    const [from, to] = closer;
    expect(from).toBeLessThan(100);
    expect(to).toBeGreaterThan(100);
    expect(zoomedAbout(axisOf(kind, closer), 100, 1 / 2)).toBeNull();
  });

  it('keeps the value under the hand where it is', () => {
    const [from = 0, to = 0] = zoomedAbout(axisOf('linear'), 100, 2) ?? [];
    expect((100 - from) / (to - from)).toBeCloseTo(100 / 500);
  });

  it('moves no further than to the end', () => {
    expect(zoomMoved(axisOf('linear', [100, 200]), 0.25)).toEqual([125, 225]);
    expect(zoomMoved(axisOf('linear', [390, 490]), 0.25)).toEqual([400, 500]);
    expect(zoomMoved(axisOf('linear', [10, 110]), -0.25)).toEqual([0, 100]);
  });
});

test('a unit follows from the configuration where it can', () => {
  const parsed = parseConfiguration({ ...presetOf('book-2')?.configuration, batchSize: 100, epochs: 7 }, defaultLimits);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const { steps } = planOf(parsed.value);
  expect(unitOf('step', parsed.value)?.valueOf(steps)).toBe(steps);
  expect(unitOf('epoch', parsed.value)?.valueOf(steps)).toBeCloseTo(7);
  expect(unitOf('epoch', parsed.value)?.stepOf(3)).toBeCloseTo(30);
  expect(unitOf('flops', parsed.value)?.valueOf(steps)).toBeCloseTo(flopsOf(parsed.value));
  expect(unitOf('seconds', parsed.value)).toBeNull();
});
