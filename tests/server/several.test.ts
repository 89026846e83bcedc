/** Curves of several runs in one answer are those of each by itself, within bounds, and nothing beyond what may be read. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createCurves } from '../../shared/serving/curves.ts';
import { curvesOfRun, curvesOfSeveral, type Readable } from '../../shared/serving/several.ts';
import { accepted, refused, type Result } from '../../shared/protocol/refusal.ts';
import type { TrainingStore } from '../../shared/training/store.ts';

/** Ten measurements of every run, whose cost is the step plus the number of the run. */
const lines: TrainingStore['lines'] = ({ run }, from, to, most = Infinity) =>
  Promise.resolve(
    Array.from({ length: 10 }, (_, step) => ({
      step,
      seconds: step,
      line: JSON.stringify({ step, cost: step + Number(run.slice(4)), layers: [] }),
    }))
      .filter(({ step }) => step >= from && step <= to)
      .slice(0, most),
  );
const curves = createCurves({ lines }, nextTurn);
const readableOf = (run: string): Result<Readable> =>
  run === 'run-9' ? refused('forbidden', 'sealed') : accepted({ key: { room: 'room', run }, readable: 6, front: 9 });
const ask = (query: object) => curvesOfSeveral(curves, query, readableOf);

describe('Curves of several runs', () => {
  test('are those of each by itself, in the order asked for, each between its own steps', async () => {
    const found = await ask({ runs: 'run-2:0:4,run-1:3:9', metric: 'cost', points: '600' });
    const each = [
      await curvesOfRun(curves, { key: { room: 'room', run: 'run-2' }, readable: 6, front: 9 }, ['cost'], [0, 4], 600),
      await curvesOfRun(curves, { key: { room: 'room', run: 'run-1' }, readable: 6, front: 9 }, ['cost'], [3, 9], 600),
    ];
    expect(found).toEqual(accepted({ runs: each }));
    // Nobody reads beyond what may be read: step 6.
    expect(each[1]?.series[0]?.points).toEqual([
      [3, 4],
      [4, 5],
      [5, 6],
      [6, 7],
    ]);
  });

  test('are refused as a whole where one of them may not be read', async () => {
    expect(await ask({ runs: 'run-1:0:4,run-9:0:4', metric: 'cost' })).toEqual(refused('forbidden', 'sealed'));
  });

  test.each([
    [{ metric: 'cost' }, 'runs'],
    [{ runs: '', metric: 'cost' }, 'runs'],
    [{ runs: 'run-1:0', metric: 'cost' }, 'runs'],
    [{ runs: 'run-1:0:-4', metric: 'cost' }, 'runs'],
    [{ runs: Array(201).fill('run-1:0:1').join(','), metric: 'cost', points: '4' }, 'runs'],
    [{ runs: Array(40).fill('run-1:0:1').join(','), metric: 'cost', points: '600' }, 'points'],
    [{ runs: 'run-1:0:1', metric: 'cost', points: '3' }, 'points'],
    [{ runs: 'run-1:0:1' }, 'metric'],
    [{ runs: 'run-1:0:1', metric: 'beauty' }, 'metric'],
  ])('are not drawn up for %o', async (query, field) => {
    const found = await ask(query);
    expect(found).toMatchObject({ ok: false, error: { code: 'invalid', path: field } });
  });
});
