/** From the name of a dataset in a configuration to its examples. */
import type { DatasetChoice, RunConfiguration } from './configuration.ts';
import { mnistDataset, type Dataset, type Examples, type Mnist } from './dataset.ts';
import { drawPoints } from './points.ts';
import { drawShapes } from './shapeset/shapeset.ts';

/** Makes the dataset of a configuration; `mnist` is asked only where its images are needed. */
export function datasetOf({ dataset, seed }: RunConfiguration, mnist: () => Mnist): Dataset {
  return dataset.name === 'mnist' ? mnistDataset(mnist(), dataset) : drawnDataset(dataset, seed);
}

/** Makes a dataset that follows from its name and the seed alone. */
export function drawnDataset(dataset: Exclude<DatasetChoice, { name: 'mnist' }>, seed: number): Dataset {
  switch (dataset.name) {
    case 'parity':
      return { inputs: dataset.bits, outputs: 2, train: parityRows(dataset.bits), test: noExamples };
    case 'spiral':
    case 'circle':
    case 'xor':
    case 'gauss':
      return {
        inputs: 2,
        outputs: 2,
        train: drawPoints(dataset, 0, dataset.train, seed),
        test: drawPoints(dataset, 1, dataset.test, seed),
      };
    case 'shapeset':
      return drawShapes(dataset, seed);
    default:
      return dataset satisfies never;
  }
}

const noExamples: Examples = { count: 0, values: new Float64Array(0), labels: new Uint8Array(0) };

/** All rows of so many bits in binary order, most significant bit first, -1 for 0; the class is the number of ones mod 2. */
function parityRows(bits: number): Examples {
  const count = 2 ** bits;
  const values = new Float64Array(count * bits);
  const labels = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    for (let k = 0; k < bits; k++) {
      const bit = (row >>> (bits - 1 - k)) & 1;
      values[row * bits + k] = 2 * bit - 1;
      labels[row] = labels[row]! ^ bit;
    }
  }
  return { count, values, labels };
}
