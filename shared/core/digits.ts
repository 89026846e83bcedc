/** The pictures on which every look shows what a network answers: the same ones for all runs, and trained on by none. */
import { mnistClasses, mnistDataset, mnistInputs, type Examples, type Mnist } from './dataset.ts';

/** The images at the end of the 60,000 that no configuration trains on: the book's validation images. */
const neverTrained = 10_000;
const ofEachClass = 2;

/** Pictures with the numbers that they have among the 60,000 images, or among those that were drawn to be shown; counted from 0. */
export type Digits = { readonly examples: Examples; readonly images: readonly number[] };

/** Chooses the first two of each digit among the last 10,000 images, 0 to 9 in order; throws when there are fewer. */
export function digitsOf(mnist: Mnist): Digits {
  const { test } = mnistDataset(mnist, { train: 0, test: neverTrained });
  const chosen = Array.from({ length: mnistClasses }, (_, label) => firstOf(test.labels, label)).flat();
  const values = new Uint8Array(chosen.length * mnistInputs);
  for (const [place, i] of chosen.entries()) {
    values.set(test.values.subarray(i * mnistInputs, (i + 1) * mnistInputs), place * mnistInputs);
  }
  const labels = Uint8Array.from(chosen, (i) => test.labels[i]!);
  const before = mnist.labels.length - neverTrained;
  return { examples: { count: chosen.length, values, labels }, images: chosen.map((i) => before + i) };
}

function firstOf(labels: Uint8Array, label: number): number[] {
  const found: number[] = [];
  for (let i = labels.indexOf(label); i >= 0 && found.length < ofEachClass; i = labels.indexOf(label, i + 1)) {
    found.push(i);
  }
  if (found.length < ofEachClass) throw new Error(`${found.length} images of a ${label} instead of ${ofEachClass}`);
  return found;
}
