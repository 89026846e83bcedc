/** Two ReLU networks, a wide one and a deep one, that learn the same spiral in the page, so that their regions can be seen to move. */
import { useEffect, useState } from 'react';
import type { RunConfiguration } from '../../../shared/core/configuration.ts';
import { drawnDataset } from '../../../shared/core/datasets.ts';
import { referenceKernels } from '../../../shared/core/kernels/reference.ts';
import { layoutOf } from '../../../shared/core/layout.ts';
import type { ReluLayers } from '../../../shared/core/regions.ts';
import { createRun } from '../../../shared/core/run.ts';

export type Learner = { readonly layers: ReluLayers; readonly epoch: number; readonly accuracy: number };

const spiralEpochs = 150;
const spiral = { name: 'spiral', train: 300, test: 300, noise: 0.02 } as const;
/** Operations in a frame for both: some milliseconds. */
const budget = 4e6;
/** Frames between two pictures: regions are counted anew for each. */
const framesOfAPicture = 12;

const configurationOf = (widths: readonly number[], seed: number): RunConfiguration => ({
  dataset: spiral,
  hidden: widths,
  activation: 'relu',
  output: 'softmax',
  cost: 'cross-entropy',
  initialization: { scheme: 'he-normal', gain: 1, biasStd: 0.5 },
  normalization: 'none',
  residual: false,
  dropout: 0,
  frozen: [],
  optimizer: { name: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  regularization: { l1: 0, l2: 0 },
  gradientClip: null,
  batchSize: 10,
  shuffle: true,
  epochs: spiralEpochs,
  measureEvery: 30,
  evaluateEvery: 1,
  probe: 300,
  seed,
});

/** Returns the hidden layers that lie in a flat array of all parameters. */
export function hiddenLayersOf(parameters: ArrayLike<number>, widths: readonly number[]): ReluLayers {
  const layers = layoutOf([2, ...widths]);
  return layers.map(({ inputs, units, weights, biases }) => ({
    weights: Array.from({ length: units }, (_, j) =>
      Array.from({ length: inputs }, (_weight, k) => parameters[weights + j * inputs + k] ?? 0),
    ),
    biases: Array.from({ length: units }, (_, j) => parameters[biases + j] ?? 0),
  }));
}

/** Trains networks of these widths while `on`, a little in every frame; nothing before the first frame. */
export function useTrained(on: boolean, deep: readonly number[], seed: number): readonly Learner[] {
  const key = `${deep.join(' ')} ${seed}`;
  const [found, setFound] = useState<{ readonly key: string; readonly learners: readonly Learner[] } | null>(null);
  useEffect(() => {
    if (!on) return;
    const numbers = key.split(' ').map(Number);
    const [widths, from] = [numbers.slice(0, -1), numbers.at(-1) ?? 1];
    const all = widths.reduce((sum, width) => sum + width, 0);
    const learners = [[all], widths].map((its) => {
      const configuration = configurationOf(its, from);
      const run = createRun(configuration, drawnDataset(spiral, from), referenceKernels);
      return { widths: its, run, epoch: 0, accuracy: 0 };
    });
    let frame = 0;
    let frames = 0;
    const work = (): void => {
      for (const learner of learners) {
        if (learner.run.standing().kind !== 'training') continue;
        for (const { epoch, testAccuracy } of learner.run.advance(budget)) {
          learner.epoch = epoch;
          learner.accuracy = testAccuracy ?? learner.accuracy;
        }
      }
      const going = learners.some(({ run }) => run.standing().kind === 'training');
      if (!going || frames++ % framesOfAPicture === 0) {
        setFound({
          key,
          learners: learners.map(({ widths: its, run, epoch, accuracy }) => ({
            layers: hiddenLayersOf(run.parameters(), its),
            epoch,
            accuracy,
          })),
        });
      }
      if (going) frame = requestAnimationFrame(work);
    };
    frame = requestAnimationFrame(work);
    return () => cancelAnimationFrame(frame);
  }, [on, key]);
  return on && found?.key === key ? found.learners : [];
}
