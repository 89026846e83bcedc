/**
 * The examples a run learns from and is tested on. The core is handed them; reading files and drawing points happens
 * elsewhere. MNIST stays in the bytes of its file, so that threads can look at one SharedArrayBuffer without a copy.
 */
import type { DatasetChoice, Targets } from './configuration.ts';

/**
 * `count` examples. Values are row by row; a byte stands for byte/256. `targets` replaces the one-hot ones: by numbers (row by row),
 * or by the values of the example itself.
 */
export type Examples = {
  readonly count: number;
  readonly values: Uint8Array | Float64Array;
  readonly labels: Uint8Array;
  readonly targets?: Float64Array | 'inputs' | undefined;
};

export type Dataset = {
  /** Values of one example: the width of the input layer. */
  readonly inputs: number;
  /** Targets of one example, one a class unless the inputs are the targets: the width of the output layer. */
  readonly outputs: number;
  readonly train: Examples;
  readonly test: Examples;
};

/** MNIST's 60,000 training images and labels, as in their files; both arrays may lie in shared memory. */
export type Mnist = { readonly pixels: Uint8Array; readonly labels: Uint8Array };

/** Tells whether the inputs are pictures. */
export const isPicture = ({ name }: DatasetChoice): boolean => name === 'mnist' || name === 'shapeset';

/** Tells whether the outputs are to be the inputs: an autoencoder. */
export const isAutoencoder = (choice: DatasetChoice): boolean => 'targets' in choice && choice.targets === 'inputs';

/** A choice of pictures: how many to train on and to test with, and what they are to be answered by. */
export type PictureChoice = {
  readonly train: number;
  readonly test: number;
  readonly targets?: Targets | undefined;
};

/** Returns the width of the output layer for pictures of so many pixels and classes. */
export const outputsFor = ({ targets }: PictureChoice, pixels: number, classes: number): number =>
  targets === 'inputs' ? pixels : classes;

export const mnistInputs = 784;
export const mnistClasses = 10;

/** Selects the first `train` of the 60,000 images for training and the last `test` for testing; views, no copies. */
export function mnistDataset(mnist: Mnist, choice: PictureChoice): Dataset {
  const all = mnist.labels.length;
  if (mnist.pixels.length !== all * mnistInputs) {
    throw new Error(`${mnist.pixels.length} pixels do not make ${all} images of ${mnistInputs}`);
  }
  if (choice.train > all || choice.test > all) {
    throw new Error(`${choice.train} training and ${choice.test} test images were asked of ${all}`);
  }
  return {
    inputs: mnistInputs,
    outputs: outputsFor(choice, mnistInputs, mnistClasses),
    train: { ...viewOf(mnist, 0, choice.train), targets: choice.targets },
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
