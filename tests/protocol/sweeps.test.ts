/** Class sweeps: who gets which value, what is refused, how points come in, and what the least run with a point is. */
import { describe, expect, test } from 'vitest';
import { applyChange } from '../../shared/protocol/configuration.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import {
  changeTo,
  flopsOfPoint,
  leanRun,
  ownersOf,
  secondsOfPoint,
  sweepOnStage,
  valueOf,
} from '../../shared/protocol/sweeps.ts';
import { estimateSeconds } from '../../shared/core/cost.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { flopsOf, planOf } from '../../shared/core/plan.ts';
import { createRun } from '../../shared/core/run.ts';
import { configured, imagesOf } from '../core/networks.ts';
import { small, TestRoom } from './room.ts';

function classroom(students: number) {
  const room = new TestRoom();
  const host = room.join('host');
  return { room, host, students: Array.from({ length: students }, (_, n) => room.join('student', `s${n + 1}`)) };
}

const sweepOf = (room: TestRoom, id = 'sweep-1') => {
  const sweep = room.state.sweeps[id];
  if (sweep === undefined) throw new Error(`no ${id}`);
  return sweep;
};

describe('A class sweep', () => {
  test('[W1] gives each student a value, in the order of coming', () => {
    const { room, host, students } = classroom(3);
    expect(room.do(host, 'sweep', { field: 'seed', values: [11, 12, 13] })).toEqual({ sweep: 'sweep-1' });
    const sweep = sweepOf(room);
    expect(students.map((id) => valueOf(sweep, id))).toEqual([0, 1, 2]);
    expect(valueOf(sweep, host)).toBe(null);
    expect(sweep).toMatchObject({ standing: 'measuring', points: [], onStage: true, trained: false, author: host });
    expect(sweepOnStage(room.state)).toBe(sweep);
  });

  test('[W1] shares values where there are fewer than students, and leaves none out where there are more', () => {
    const { room, host, students } = classroom(5);
    room.do(host, 'sweep', { field: 'depth', values: [1, 2] });
    expect(students.map((id) => valueOf(sweepOf(room), id))).toEqual([0, 1, 0, 1, 0]);
    expect(ownersOf(sweepOf(room), 1)).toEqual([students[1], students[3]]);
    room.do(host, 'sweep', { field: 'seed', values: [1, 2, 3, 4, 5, 6, 7] });
    expect(ownersOf(sweepOf(room, 'sweep-2'), 6)).toEqual([]);
    expect(sweepOnStage(room.state)?.id).toBe('sweep-2');
  });

  test('[W1] gives a team one value where teams get them, and leaves out who has left', () => {
    const { room, host, students } = classroom(9);
    room.do(students[1] ?? '', 'leave');
    room.do(host, 'sweep', { field: 'seed', values: [1, 2, 3], to: 'teams' });
    expect(sweepOf(room).groups.map((group) => group.length)).toEqual([3, 4, 1]);
    expect(students.map((id) => valueOf(sweepOf(room), id))).toEqual([0, null, 0, 0, 1, 1, 1, 1, 2]);
  });

  test('[W2] can be measured before it is handed out', () => {
    const { room, host, students } = classroom(2);
    room.do(host, 'sweep', { field: 'seed', values: [1, 2], to: 'nobody' });
    expect(sweepOf(room).groups).toEqual([]);
    room.do(host, 'hand-out', { sweep: 'sweep-1' });
    expect(students.map((id) => valueOf(sweepOf(room), id))).toEqual([0, 1]);
    expect(room.refused(host, 'hand-out', { sweep: 'sweep-1' }).code).toBe('conflict');
    expect(room.refused(host, 'hand-out', { sweep: 'sweep-2' }).code).toBe('not-found');
  });

  test('[W2] can be handed out to students only', () => {
    const { room, host } = classroom(0);
    room.do(host, 'sweep', { field: 'seed', values: [1, 2], to: 'nobody' });
    expect(room.refused(host, 'hand-out', { sweep: 'sweep-1' })).toMatchObject({
      code: 'conflict',
      path: 'data.sweep',
    });
  });

  test.each([
    [{ field: 'depth', values: [1, 0] }, 'invalid', 'data.values.1'],
    [{ field: 'depth', values: [2.5] }, 'invalid', 'data.values.0'],
    [{ field: 'activation', values: ['relu', 'tan'] }, 'invalid', 'data.values.1'],
    [{ field: 'seed', values: [3, 4, 3] }, 'invalid', 'data.values.2'],
    [{ field: 'width', values: [4, 2000] }, 'invalid', 'data.values.1'],
    [{ field: 'hidden', values: [4] }, 'invalid', 'data.field'],
    [{ field: 'seed', values: [] }, 'invalid', 'data.values'],
    [{ field: 'seed', values: [1], base: 'run-9' }, 'not-found', 'data.base'],
    [{ field: 'seed', values: [1], epochs: 0 }, 'invalid', 'data.epochs'],
  ])('[W3] of %j is refused', (data, code, path) => {
    const { room, host } = classroom(2);
    expect(room.refused(host, 'sweep', data)).toMatchObject({ code, path });
  });

  test('[W3] counts as computing of the room, as runs do', () => {
    const { room, host } = classroom(1);
    const point = flopsOfPoint(room.state.base, false);
    room.limits = { ...room.limits, maxRoomFlops: 2.5 * point };
    room.do(host, 'sweep', { field: 'seed', values: [2, 3] });
    expect(sweepOf(room).flops).toBeCloseTo(2 * point, -3);
    expect(room.refused(host, 'sweep', { field: 'seed', values: [4] }).code).toBe('too-expensive');
  });

  test('[W4] tells nothing of a run that a guess is on', () => {
    const { room, host } = classroom(1);
    room.start(host);
    room.do(host, 'start', { configuration: { ...small, seed: 5 }, guess: {} });
    const beside = { base: 'run-1', field: 'seed' };
    expect(room.refused(host, 'sweep', { ...beside, values: [4, 5] })).toMatchObject({
      code: 'conflict',
      path: 'data.values.1',
    });
    room.do(host, 'sweep', { ...beside, values: [4, 6] });
    // Before the first step any way of training gives the point that is asked about; after training only its own does.
    const rates = { base: 'run-2', field: 'optimizer.learningRate', values: [0.01, 0.3] };
    expect(room.refused(host, 'sweep', rates)).toMatchObject({ code: 'conflict', path: 'data.values.0' });
    room.do(host, 'sweep', { ...rates, trained: true });
    expect(room.refused(host, 'sweep', { ...beside, values: [5], trained: true, epochs: 2 }).code).toBe('conflict');
  });

  test('[W5] takes each value once, in the order in which they were measured, until all are there', () => {
    const { room, host } = classroom(2);
    room.do(host, 'sweep', { field: 'seed', values: [1, 2, 3] });
    const take = (points: readonly (readonly [number, number, number])[]) =>
      room.serve({ type: 'take-points', data: { sweep: 'sweep-1', points } });
    take([[1, 30, 0.1]]);
    take([
      [1, 30, 0.1],
      [0, 20, 0.1],
    ]);
    expect(sweepOf(room)).toMatchObject({
      standing: 'measuring',
      points: [
        [1, 30, 0.1],
        [0, 20, 0.1],
      ],
    });
    take([[2, 10, 0.1]]);
    expect(sweepOf(room).standing).toBe('done');
    const { length } = room.log;
    take([[2, 11, 0.1]]);
    expect(room.log).toHaveLength(length);
  });

  test('[W6] ends by its host, with what has been measured, and leaves the stage', () => {
    const { room, host } = classroom(2);
    room.do(host, 'sweep', { field: 'seed', values: [1, 2] });
    room.serve({ type: 'take-points', data: { sweep: 'sweep-1', points: [[1, 30, 0.1]] } });
    room.do(host, 'end-sweep', { sweep: 'sweep-1' });
    expect(sweepOf(room)).toMatchObject({ standing: 'stopped', onStage: false, points: [[1, 30, 0.1]] });
    room.serve({ type: 'take-points', data: { sweep: 'sweep-1', points: [[0, 30, 0.1]] } });
    expect(sweepOf(room).points).toHaveLength(1);
    expect(sweepOnStage(room.state)).toBeUndefined();
    const { length } = room.log;
    room.do(host, 'end-sweep', { sweep: 'sweep-1' });
    expect(room.log).toHaveLength(length);
  });

  test('[W6] ends when the server cannot measure it', () => {
    const { room, host } = classroom(2);
    room.do(host, 'sweep', { field: 'seed', values: [1, 2] });
    room.serve({ type: 'fail-sweep', data: { sweep: 'sweep-1' } });
    expect(sweepOf(room).standing).toBe('stopped');
  });

  test('[W3] needs an engine that can train all of its values', () => {
    const { room, host } = classroom(2);
    room.forksTrainable = false;
    expect(room.refused(host, 'sweep', { field: 'seed', values: [1, 2] })).toMatchObject({
      code: 'invalid',
      path: 'data.values',
    });
  });
});

describe('A value', () => {
  const base = configured({ ...small, hidden: [5, 4, 3] });
  test.each([
    ['seed', 9, { seed: 9 }],
    ['depth', 5, { hidden: [5, 4, 3, 3, 3] }],
    ['depth', 2, { hidden: [5, 4] }],
    ['width', 8, { hidden: [8, 8, 8] }],
    ['optimizer.learningRate', 0.5, { optimizer: { name: 'sgd', learningRate: 0.5 } }],
    ['activation', 'relu', { activation: 'relu' }],
  ] as const)('[W3] of %s, %s, changes that and nothing else', (field, value, expected) => {
    const changed = applyChange(base, changeTo(base, field, value), defaultLimits);
    expect(changed).toMatchObject({ ok: true, value: { ...base, ...expected } });
  });
});

describe('The least run with a point', () => {
  const configurations = [
    configured({ ...small, dataset: { name: 'mnist', train: 60, test: 20 }, probe: 20, dropout: 0.2, measureEvery: 3 }),
    configured({ ...small, dataset: { name: 'spiral', train: 40, test: 10, noise: 0.1 }, probe: 30, batchSize: 7 }),
    configured({ ...small, dataset: { name: 'mnist', train: 40, test: 0 }, batchSize: 'full', normalization: 'batch' }),
    configured({ ...small, initialization: { scheme: 'lsuv' }, optimizer: { name: 'adam' } }),
  ];

  test.each(configurations.map((configuration, n) => [n, configuration] as const))(
    '[W5] has its numbers at step 0 and after the last step, configuration %i',
    (_n, configuration) => {
      const measured = (of: typeof configuration) => {
        const run = createRun(of, imagesOf(of), referenceKernels);
        return run.advance(Infinity);
      };
      const whole = measured(configuration);
      const lean = measured(leanRun(configuration, true));
      expect(lean.at(-1)).toEqual({ ...whole.at(-1), testAccuracy: null });
      const first = leanRun(configuration, false);
      const run = createRun(first, imagesOf(first), referenceKernels);
      run.halt();
      expect(run.conclude()).toEqual([{ ...whole[0], testAccuracy: null }]);
    },
  );

  test('[W5] costs at step 0 what a beginning and one measurement cost, and otherwise what its training costs', () => {
    const configuration = configured({ hidden: [30, 30], dataset: { name: 'mnist', train: 1000, test: 0 } });
    const { probe, sizes } = planOf(configuration);
    const gradient = probe * (6 * 784 * 30 - 2 * 784 * 30);
    const flops = flopsOfPoint(configuration, false);
    expect(flops).toBeGreaterThan(gradient);
    expect(flops).toBeLessThan(2 * gradient);
    expect(sizes).toHaveLength(4);
    expect(flopsOfPoint(configuration, true)).toBe(flopsOf(leanRun(configuration, true)));
    const rates = { run: 0.001, measurement: 0.01, image: 1e-6 };
    expect(secondsOfPoint(configuration, false, rates)).toBeCloseTo(0.001 + 0.01 + 1000e-6, 9);
    expect(secondsOfPoint(configuration, true, rates)).toBe(estimateSeconds(leanRun(configuration, true), rates));
  });
});
