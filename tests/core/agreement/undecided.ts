/** Images whose class hangs on less than the tolerance of a number: what an accuracy may differ by. */
import type { RunConfiguration } from '../../../shared/core/configuration.ts';
import type { Dataset } from '../../../shared/core/dataset.ts';
import { designOf } from '../../../shared/core/design.ts';
import { referenceKernels } from '../../../shared/core/kernels/reference.ts';
import { planOf } from '../../../shared/core/plan.ts';
import { sumGradient } from '../designs.ts';

/** Outputs nearer to each other than this, relative to the larger, may change places. */
const margin = 1e-3;
/** All below is 0 to float32. */
const smallest = 1e-30;

/** The shares of the probe and of the test images whose own class may win or lose within the tolerance. */
export function undecidedShares(
  configuration: RunConfiguration,
  dataset: Dataset,
  parameters: ArrayLike<number>,
): { readonly trainAccuracy: number; readonly testAccuracy: number } {
  const plan = planOf(configuration);
  if (!plan.classifies) return { trainAccuracy: 0, testAccuracy: 0 };
  const network = referenceKernels.createNetwork({ ...designOf(configuration, plan), piece: plan.images }, dataset);
  network.setParameters(parameters);
  // Where the probe's means and variances normalize, they have to be there.
  sumGradient(network, plan.probe);
  const shareOf = (which: 'train' | 'test', count: number): number => {
    const { outputs: classes } = dataset;
    const outputs = new Float64Array(count * classes);
    network.infer(which, 0, count, outputs);
    const { labels } = dataset[which];
    const undecided = Array.from({ length: count }, (_, image) => {
      const own = outputs[image * classes + (labels[image] ?? 0)] ?? NaN;
      const others = [...outputs.subarray(image * classes, (image + 1) * classes)].toSpliced(labels[image] ?? 0, 1);
      const best = Math.max(...others);
      return Math.abs(own - best) <= margin * Math.max(Math.abs(own), Math.abs(best)) + smallest;
    });
    return count === 0 ? 0 : undecided.filter(Boolean).length / count;
  };
  return { trainAccuracy: shareOf('train', plan.probe), testAccuracy: shareOf('test', plan.testImages) };
}
