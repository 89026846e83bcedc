/** Reading MNIST: the very images of the book, in shared memory, and refusal of files that are something else. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import '../support/allclose.ts';
import { mnistDataset } from '../../shared/core/dataset.ts';
import { readMnist } from '../../server/data/mnist.ts';

describe('MNIST', () => {
  const mnist = readMnist();

  test('has the first labels, class counts and pixel means of the book’s first 1,000 images', () => {
    const { train, inputs, outputs } = mnistDataset(mnist, { train: 1000, test: 0 });
    expect({ inputs, outputs, count: train.count }).toEqual({ inputs: 784, outputs: 10, count: 1000 });
    expect([...train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    const counts = Array.from({ length: 10 }, (_, digit) => train.labels.filter((label) => label === digit).length);
    expect(counts).toEqual([97, 116, 99, 93, 105, 92, 94, 117, 87, 100]);
    const pixels = Float64Array.from(train.values, (byte) => byte / 256);
    expect(pixels.reduce((sum, x) => sum + x, 0) / pixels.length).toBeAllclose(0.1277, { absolute: 5e-5 });
    expect(pixels.reduce((sum, x) => sum + x * x, 0) / pixels.length).toBeAllclose(0.1087, { absolute: 5e-5 });
  });

  test('tests on the last images, and both sets are views of one shared memory', () => {
    const { train, test: last } = mnistDataset(mnist, { train: 1000, test: 10_000 });
    expect(mnist.pixels.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(train.values.buffer).toBe(mnist.pixels.buffer);
    expect(last.values.byteOffset).toBe(50_000 * 784);
    expect(last.labels.byteOffset).toBe(50_000);
    expect(last.labels).toHaveLength(10_000);
    expect(() => mnistDataset(mnist, { train: 60_001, test: 0 })).toThrow(/60001 training/);
  });

  test('of a wrong length or kind is refused with the name of the file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mnist-'));
    const images = join(folder, 'train-images-idx3-ubyte');
    await writeFile(images, 'not an idx file');
    expect(() => readMnist(folder)).toThrow(/train-images-idx3-ubyte has 15 bytes instead of 47040016/);
    await writeFile(images, new Uint8Array(47_040_016));
    expect(() => readMnist(folder)).toThrow(/word 0 of the header is 0 instead of 2051/);
    await rm(folder, { recursive: true });
  });
});
