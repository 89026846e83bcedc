/** Work in pieces: whatever a run does can be left after a few milliseconds of it, and is the same as if done in one go. */
import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../server/data/kernels.ts';
import { designOf } from '../../shared/core/design.ts';
import { digestOf } from '../../shared/core/digest.ts';
import { drawing } from '../../shared/core/initializations.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { planOf } from '../../shared/core/plan.ts';
import { createRun, creatingRun, restoreRun, restoringRun } from '../../shared/core/run.ts';
import type { Work } from '../../shared/core/work.ts';
import { costsAt, idleKernels } from '../support/timed-kernels.ts';
import { configured, imagesOf } from './networks.ts';

/** What one piece may count as at most, in operations. */
const most = 1e8;

/** Does a work to its end; throws after a piece that is too large. */
function pieces<Result>(work: Work<Result>): { count: number; result: Result } {
  for (let count = 0; ; count++) {
    const next = work.next();
    if (next.done === true) return { count, result: next.value };
    if (next.value > most) throw new Error(`a piece of ${next.value} operations`);
  }
}

const square = { dataset: { name: 'mnist', train: 100, test: 0 }, hidden: [1024, 1024], epochs: 1 };
const parametersOf = (fields: object) => planOf(configured(fields)).parameters;

describe('A run of millions of parameters', () => {
  test.each(['he-normal', 'xavier-uniform', 'orthogonal'])('is drawn in pieces: %s', (scheme) => {
    const hidden = scheme === 'orthogonal' ? [512, 512] : square.hidden;
    const configuration = configured({ ...square, hidden, initialization: { scheme } });
    const { sizes, parameters } = planOf(configuration);
    const { count, result } = pieces(drawing(sizes, configuration));
    expect(result).toHaveLength(parameters);
    expect(count).toBeGreaterThan(parameters / 70_000);
  });

  test('is measured and saved in pieces', () => {
    const kernels = idleKernels({ ms: 0 }, costsAt(1e7));
    const hidden = [1024, 1024, 1024, 1024];
    const configuration = configured({ ...square, hidden, initialization: { scheme: 'constant' } });
    const run = createRun(configuration, imagesOf(configuration), kernels);
    run.halt();
    let count = 0;
    while (run.standing().kind === 'training') {
      run.advance(0);
      count++;
    }
    expect(run.standing().kind).toBe('stopped');
    // The digest alone looks at 262,144 numbers at a time; every layer is looked at on its own.
    expect(count).toBeGreaterThan(parametersOf({ ...square, hidden }) / 262_144 + hidden.length);
    expect(pieces(run.saving()).count).toBeGreaterThanOrEqual(3);
  });
});

describe('Pieces', () => {
  test('of the fast kernels: the images come to a network a few hundred at a time', () => {
    const configuration = configured({ dataset: { name: 'mnist', train: 50_000, test: 0 }, hidden: [30] });
    const design = designOf(configuration, planOf(configuration));
    const creating = loadKernels().creatingNetwork?.(design, imagesOf(configuration));
    if (creating === undefined) throw new Error('the fast kernels make networks in one go');
    const { count, result } = pieces(creating);
    expect(count).toBe(100);
    const whole = loadKernels().createNetwork(design, imagesOf(configuration));
    const costs = [result, whole].map((network) => {
      network.begin(false);
      network.add(null, 49_900, 50_000);
      return network.cost();
    });
    expect(costs[0]).toBe(costs[1]);
    expect(costs[0]).toBeGreaterThan(0);
  });

  test('of the reference kernels have few images where a network is wide, and all where it is small', () => {
    const pieceOf = (fields: object): number => {
      const configuration = configured({ dataset: { name: 'mnist', train: 1000, test: 0 }, ...fields });
      const design = designOf(configuration, planOf(configuration));
      return referenceKernels.createNetwork(design, imagesOf(configuration)).piece;
    };
    expect(pieceOf({ hidden: [1024, 1024, 1024] })).toBe(1);
    expect(pieceOf({ hidden: [100] })).toBeGreaterThan(20);
    expect(pieceOf({ hidden: [100] })).toBeLessThan(500);
  });

  test.each([
    ['float64', referenceKernels],
    ['float32', loadKernels()],
  ])(
    'change no bit: made, saved and taken up in pieces, a run in %s has the digest of one made at once',
    (_name, kernels) => {
      const configuration = configured({ epochs: 3, batchSize: 9, initialization: { scheme: 'orthogonal' } });
      const images = imagesOf(configuration);
      const whole = createRun(configuration, images, kernels);
      whole.advance(Infinity, 11);
      const cut = pieces(creatingRun(configuration, images, kernels)).result;
      cut.advance(Infinity, 11);
      const saved = pieces(cut.saving()).result;
      expect(saved).toEqual(whole.save());
      const again = pieces(restoringRun(configuration, images, kernels, saved)).result;
      const atOnce = restoreRun(configuration, images, kernels, saved);
      expect(again.advance(Infinity).at(-1)).toEqual(atOnce.advance(Infinity).at(-1));
      expect(again.digest()).toBe(
        digestOf(kernels === referenceKernels ? again.parameters() : Float32Array.from(again.parameters())),
      );
    },
  );

  test('that are left at a halt: the gradient being summed is given up, and the step before it measured', () => {
    const configuration = configured({ epochs: 3, batchSize: 'full', measureEvery: 100, probe: 20 });
    const images = imagesOf(configuration);
    const run = createRun(configuration, images, referenceKernels);
    run.advance(Infinity, 2);
    // Into the middle of the third gradient, where its only piece has been added.
    run.advance(0);
    run.halt();
    const measured = run.advance(Infinity);
    expect(measured.map(({ step }) => step)).toEqual([2]);
    expect(run.standing()).toEqual({ kind: 'stopped' });
    expect([run.step(), run.advance(Infinity)]).toEqual([2, []]);
    const same = createRun(configuration, images, referenceKernels);
    same.advance(Infinity, 2);
    expect(measured[0]?.digest).toBe(same.digest());
  });
});
