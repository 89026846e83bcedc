import { describe, expect, it } from 'vitest';
import { type Course, milestonesOf } from '../../client/plots/milestones.ts';
import { Series } from '../../client/room/series.ts';

const series = (length: number, valueAt: (step: number) => number): Series => {
  const made = new Series();
  for (let step = 0; step < length; step++) made.put(step, valueAt(step), true);
  return made;
};

/** A run of 200 steps whose cost falls all the time. */
const courseOf = (parts: Partial<Course> = {}): Course => ({
  cost: series(201, (step) => 3 * 0.98 ** step),
  speeds: [series(201, () => 0.01), series(201, () => 0.1)],
  dead: [],
  steps: 200,
  ...parts,
});

describe('the milestones of a run', () => {
  it('are none where nothing happens', () => {
    expect(milestonesOf(courseOf(), 200)).toEqual([]);
  });

  it('name the first NaN and its layer, and not before it is shown', () => {
    const speeds = [series(60, () => 0.1), series(60, (step) => (step >= 37 ? Number.NaN : 0.1))];
    const cost = series(60, (step) => (step >= 40 ? Number.NaN : 3 * 0.98 ** step));
    expect(milestonesOf(courseOf({ speeds, cost }), 59)).toEqual([{ kind: 'nan', step: 37, layer: 2 }]);
    expect(milestonesOf(courseOf({ speeds, cost }), 36)).toEqual([]);
    expect(milestonesOf(courseOf({ cost }), 59)).toEqual([{ kind: 'nan', step: 40, layer: null }]);
  });

  it('name where the first layer falls below a millionth of the last', () => {
    const speeds = [series(201, (step) => 0.5 ** step), series(201, () => 1)];
    expect(milestonesOf(courseOf({ speeds }), 200)).toEqual([{ kind: 'ratio', step: 20, layer: 1 }]);
    expect(milestonesOf(courseOf({ speeds: [speeds[0] ?? new Series()] }), 200)).toEqual([]);
  });

  it('name the first layer of which more than half is dead', () => {
    const dead = [
      series(201, () => 0.5),
      series(201, (step) => (step >= 90 ? 0.51 : 0)),
      series(201, (step) => (step >= 80 ? 1 : 0)),
    ];
    expect(milestonesOf(courseOf({ dead }), 200)).toEqual([{ kind: 'dead', step: 80, layer: 3 }]);
  });

  it('name where the cost begins to stand still, once it has for a tenth of the run', () => {
    const cost = series(201, (step) => (step < 50 ? 4 - step * 0.04 : 2 + (step % 2) * 0.01));
    expect(milestonesOf(courseOf({ cost }), 200)).toMatchObject([{ kind: 'plateau', layer: null }]);
    const [plateau] = milestonesOf(courseOf({ cost }), 200);
    expect(plateau?.step).toBeGreaterThanOrEqual(49);
    expect(plateau?.step).toBeLessThanOrEqual(51);
    expect(milestonesOf(courseOf({ cost }), 65)).toEqual([]);
  });

  it('find no plateau in a cost that is not finite, nor in a few points', () => {
    expect(milestonesOf(courseOf({ cost: series(201, () => Infinity) }), 200)).toEqual([]);
    const few = new Series();
    for (let step = 0; step <= 200; step += 20) few.put(step, 2, true);
    expect(milestonesOf(courseOf({ cost: few }), 200)).toEqual([]);
  });

  it('end with the first NaN', () => {
    const speeds = [series(201, (step) => (step >= 30 ? Number.NaN : 0.1)), series(201, () => 1)];
    const dead = [series(201, (step) => (step >= 30 ? 1 : 0))];
    expect(milestonesOf(courseOf({ speeds, dead }), 200).map(({ kind }) => kind)).toEqual(['nan']);
  });

  it('come in the order of their steps', () => {
    const speeds = [series(201, (step) => (step >= 120 ? Number.NaN : 0.5 ** step)), series(201, () => 1)];
    const dead = [series(201, (step) => (step >= 70 ? 1 : 0))];
    expect(milestonesOf(courseOf({ speeds, dead }), 200).map(({ kind }) => kind)).toEqual(['ratio', 'dead', 'nan']);
  });
});
