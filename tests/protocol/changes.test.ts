/** The check of the controlled experiment: what counts as one thing, how a change of several is split, which draws two runs share. */
import { describe, expect, test } from 'vitest';
import { changesOf, confoundingChanges, sharedDraws, splitChange } from '../../shared/protocol/changes.ts';
import { applyChange } from '../../shared/protocol/configuration.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { configured } from '../core/networks.ts';

const base = configured({
  hidden: [30, 30],
  dataset: { name: 'mnist', train: 100, test: 100 },
  epochs: 5,
  batchSize: 10,
});

/** The base with a change laid over it, as a proposal is. */
function changed(change: object, from = base) {
  const parsed = applyChange(from, change, defaultLimits);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

const settings = (change: object, from = base) => changesOf(from, changed(change, from)).map(({ setting }) => setting);

describe('The controlled-experiment check', () => {
  test.each([
    [{ seed: 2 }, ['seed']],
    [{ hidden: [30, 30, 30, 30] }, ['hidden.depth']],
    [{ hidden: [30] }, ['hidden.depth']],
    [{ hidden: [30, 30, 20, 10] }, ['hidden.depth']],
    [{ hidden: [50, 50] }, ['hidden.width']],
    [{ hidden: [30, 20] }, ['hidden.width']],
    [{ hidden: [50, 50, 50] }, ['hidden.depth', 'hidden.width']],
    [{ optimizer: { name: 'adam' } }, ['optimizer.name']],
    [{ optimizer: { name: 'momentum', learningRate: 0.1 } }, ['optimizer.name']],
    [{ optimizer: { name: 'adam', learningRate: 0.5 } }, ['optimizer.name', 'optimizer.learningRate']],
    [{ initialization: { scheme: 'xavier-normal' } }, ['initialization.scheme']],
    [
      { initialization: { scheme: 'xavier-normal', biasStd: 0.3 } },
      ['initialization.scheme', 'initialization.biasStd'],
    ],
    [{ output: 'softmax' }, ['output']],
    [{ output: 'linear', cost: 'quadratic' }, ['output']],
    [{ dataset: { train: 5 } }, ['dataset.train']],
    [{ dataset: { name: 'spiral' } }, ['dataset.name']],
    [{ dataset: { targets: 'inputs' } }, ['dataset.targets']],
    [{ dataset: { targets: 'inputs' }, cost: 'quadratic' }, ['dataset.targets', 'cost']],
    [{ activation: 'relu', seed: 2 }, ['activation', 'seed']],
  ])('[P9] says that %j changes %j', (change, expected) => {
    expect(settings(change)).toEqual(expected);
  });

  test('[P9] takes softmax making way for pictures as answers for one change, and names the way back', () => {
    const softmax = changed({ output: 'softmax' });
    const repeating = changed({ dataset: { targets: 'inputs' }, output: 'sigmoid' }, softmax);
    expect(changesOf(softmax, repeating).map(({ setting }) => setting)).toEqual(['dataset.targets']);
    expect(settings({ dataset: { name: 'shapeset', targets: 'inputs' } })).toEqual(['dataset.targets', 'dataset.name']);
    expect(settings({ dataset: { name: 'xor' } }, changed({ dataset: { targets: 'inputs' } }))).toEqual([
      'dataset.name',
    ]);
    const others = changed({ dataset: { name: 'shapeset', train: 100, targets: 'inputs' } }, repeating);
    expect(splitChange(repeating, others)).toEqual([{ dataset: { name: 'shapeset', targets: 'inputs' } }]);
    const back = changed({ dataset: { targets: 'classes' }, seed: 2 }, repeating);
    expect(splitChange(repeating, back)).toEqual([{ dataset: { targets: 'classes' } }, { seed: 2 }]);
  });

  test('[P9] takes a longer training with another thing for one change, and alone for one, too', () => {
    const longer = changed({ activation: 'relu', epochs: 50, measureEvery: 3 });
    expect(confoundingChanges(base, longer).map(({ setting }) => setting)).toEqual(['activation']);
    expect(confoundingChanges(base, changed({ epochs: 50 })).map(({ setting }) => setting)).toEqual(['epochs']);
  });

  test.each([
    [{ hidden: [50, 50, 50], seed: 2 }, [{ seed: 2 }, { hidden: [30, 30, 30] }, { hidden: [50, 50] }]],
    [
      { optimizer: { name: 'adam', learningRate: 0.5 } },
      [
        { optimizer: { name: 'adam', learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } },
        { optimizer: { learningRate: 0.5 } },
      ],
    ],
    [
      { initialization: { scheme: 'xavier-normal', gain: 2 } },
      [{ initialization: { scheme: 'xavier-normal', biasStd: 0 } }, { initialization: { gain: 2 } }],
    ],
    [{ activation: 'relu', epochs: 9 }, [{ activation: 'relu', epochs: 9 }]],
  ])('[P9] splits %j into controlled ones', (change, parts) => {
    const split = splitChange(base, changed(change));
    const sorted = (list: readonly object[]) => list.map((one) => JSON.stringify(changed(one))).toSorted();
    expect(sorted(split)).toEqual(sorted(parts));
    for (const part of split) expect(confoundingChanges(base, changed(part))).toHaveLength(1);
  });

  test('[P9] says which draws a run shares with its base', () => {
    expect(sharedDraws(base, changed({ activation: 'relu' }))).toEqual({ weights: true, batches: true });
    expect(sharedDraws(base, changed({ batchSize: 5 }))).toEqual({ weights: true, batches: false });
    expect(sharedDraws(base, changed({ seed: 2 }))).toEqual({ weights: false, batches: false });
    expect(sharedDraws(base, changed({ dataset: { name: 'spiral' } }))).toEqual({ weights: false, batches: false });
  });
});
