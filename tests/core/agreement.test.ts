/**
 * The fast engine against the float64 reference, over configurations at random: what is measured after 0, 1, 10 and 50
 * steps agrees to 1e-3 wherever it is steady. `CASES=5000 npx vitest run tests/core/agreement.test.ts` tries as many, from
 * seed `FROM` on; a failure names its seed.
 */
import { expect, test } from 'vitest';
import { loadKernels } from '../../server/data/kernels.ts';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { engineFor } from '../../shared/core/kernels/choice.ts';
import { wasmEngine } from '../../shared/core/kernels/wasm.ts';
import { compareWithReference } from './agreement/compare.ts';
import { randomConfiguration } from './agreement/configurations.ts';
import { configured, imagesOf } from './networks.ts';

const cases = Number(process.env.CASES ?? 150);
const from = Number(process.env.FROM ?? 0);
const steps = 50;

test(
  `${cases} configurations at random are measured alike in float32 and in float64`,
  () => {
    const counts = { trained: 0, compared: 0, unsteady: 0 };
    const complaints: string[] = [];
    for (let seed = from; seed < from + cases; seed++) {
      const configuration = randomConfiguration(seed, steps);
      if (engineFor(configuration, null) !== wasmEngine) continue;
      const { compared, unsteady, differences } = compareWithReference(
        configuration,
        imagesOf(configuration),
        loadKernels(),
      );
      counts.trained++;
      counts.compared += compared;
      counts.unsteady += unsteady;
      if (differences.length > 0)
        complaints.push([`seed ${seed}: ${JSON.stringify(configuration)}`, ...differences].join('\n  '));
    }
    const share = counts.compared / (counts.compared + counts.unsteady);
    console.log(
      `${counts.trained} of ${cases} random configurations trained on ${wasmEngine}; ` +
        `${counts.compared} numbers compared with float64, ${counts.unsteady} not steady enough to be`,
    );
    expect(complaints.join('\n')).toBe('');
    expect(counts.trained).toBeGreaterThan(0.9 * cases);
    // A number that is left out says nothing: they may not become many.
    expect(share).toBeGreaterThan(0.6);
  },
  60_000 + cases * 2000,
);

const repeating = { hidden: [20, 6, 20], dataset: { name: 'mnist', train: 25, test: 0, targets: 'inputs' } } as const;
const shapes = { name: 'shapeset', train: 27, test: 9 } as const;

test.each<[string, RunConfiguration]>([
  ['sigmoid outputs and cross-entropy', configured({ ...repeating, optimizer: { learningRate: 0.01 } })],
  [
    'sigmoid outputs and the quadratic cost, in batches with momentum',
    configured({
      ...repeating,
      cost: 'quadratic',
      optimizer: { name: 'nesterov', learningRate: 0.01, momentum: 0.9 },
      batchSize: 8,
    }),
  ],
  [
    'linear outputs through batch normalization',
    configured({
      ...repeating,
      activation: 'tanh',
      output: 'linear',
      cost: 'quadratic',
      normalization: 'batch',
      optimizer: { learningRate: 1e-4 },
      batchSize: 5,
    }),
  ],
  [
    'shapes, repeated',
    configured({
      ...repeating,
      dataset: { ...shapes, targets: 'inputs' },
      initialization: { scheme: 'sparse' },
      optimizer: { learningRate: 0.002 },
    }),
  ],
  ['shapes, named', configured({ dataset: shapes, hidden: [16, 9], activation: 'tanh', output: 'softmax' })],
])('what is measured of %s is alike in float32 and in float64', (_name, configuration) => {
  expect(engineFor(configuration, null)).toBe(wasmEngine);
  const { compared, unsteady, differences } = compareWithReference(
    { ...configuration, epochs: 50 },
    imagesOf(configuration),
    loadKernels(),
  );
  expect(differences).toEqual([]);
  expect(compared / (compared + unsteady)).toBeGreaterThan(0.6);
});
