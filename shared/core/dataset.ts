/**
 * The examples a run learns from and is tested on. The core is handed them; reading files and drawing points happens
 * elsewhere. MNIST stays in the bytes of its file, so that threads can look at one SharedArrayBuffer without a copy.
 */

/** `count` examples. Values are row by row; a byte stands for byte/256. `targets` (row by row) replaces the one-hot ones. */
export type Examples = {
  readonly count: number;
  readonly values: Uint8Array | Float64Array;
  readonly labels: Uint8Array;
  readonly targets?: Float64Array;
};

export type Dataset = {
  /** Values of one example: the width of the input layer. */
  readonly inputs: number;
  /** Classes: the width of the output layer. */
  readonly classes: number;
  readonly train: Examples;
  readonly test: Examples;
};

/** MNIST's 60,000 training images and labels, as in their files; both arrays may lie in shared memory. */
export type Mnist = { readonly pixels: Uint8Array; readonly labels: Uint8Array };

export const mnistInputs = 784;
export const mnistClasses = 10;

/** Selects the first `train` of the 60,000 images for training and the last `test` for testing; views, no copies. */
export function mnistDataset(mnist: Mnist, choice: { readonly train: number; readonly test: number }): Dataset {
  const all = mnist.labels.length;
  if (mnist.pixels.length !== all * mnistInputs) {
    throw new Error(`${mnist.pixels.length} pixels do not make ${all} images of ${mnistInputs}`);
  }
  if (choice.train > all || choice.test > all) {
    throw new Error(`${choice.train} training and ${choice.test} test images were asked of ${all}`);
  }
  return {
    inputs: mnistInputs,
    classes: mnistClasses,
    train: viewOf(mnist, 0, choice.train),
    test: viewOf(mnist, all - choice.test, choice.test),
  };
}

function viewOf(mnist: Mnist, first: number, count: number): Examples {
  return {
    count,
    values: mnist.pixels.subarray(first * mnistInputs, (first + count) * mnistInputs),
    labels: mnist.labels.subarray(first, first + count),
  };
}
