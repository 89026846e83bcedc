/** The chapter's own experiment: four hidden layers, 500 epochs of full-batch descent, every layer measured at every step. */
import { presetOf } from '../../shared/experiments/presets.ts';
import { readMnist } from '../../server/data/mnist.ts';
import { mnistDataset } from '../../shared/core/dataset.ts';
import type { Kernels } from '../../shared/core/kernels/kernels.ts';
import { createRun } from '../../shared/core/run.ts';
import { parseConfiguration } from '../../shared/protocol/configuration.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';

/** Trains it once and returns how many seconds that took, reading the images not included. */
export function chapterSeconds(kernels: Kernels): number {
  const parsed = parseConfiguration(presetOf('book-4')?.configuration, defaultLimits);
  if (!parsed.ok || parsed.value.dataset.name !== 'mnist') throw new Error('no experiment book-4');
  const images = mnistDataset(readMnist(), parsed.value.dataset);
  const begun = performance.now();
  const run = createRun(parsed.value, images, kernels);
  while (run.standing().kind === 'training') run.advance(1e9);
  return (performance.now() - begun) / 1000;
}
