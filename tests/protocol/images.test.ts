/** The training images in parts: what is packed on one side is on the other what the files of MNIST have. */
import { describe, expect, test } from 'vitest';
import { readMnist } from '../../server/data/mnist.ts';
import { digestOf } from '../../shared/core/digest.ts';
import { type Mnist, mnistDataset } from '../../shared/core/dataset.ts';
import { collectImages, decodePart, encodePart, imageParts, partsOf } from '../../shared/protocol/images.ts';

const mnist = readMnist();
const everyPart = Array.from({ length: imageParts }, (_, part) => part);

const digestOfBytes = (bytes: Uint8Array): string => digestOf(Float64Array.from(bytes));
const nameOf = ({ pixels, labels }: Mnist) => ({ pixels: digestOfBytes(pixels), labels: digestOfBytes(labels) });

describe('A part of the images', () => {
  test('is read as it was written, and all parts together are all images', () => {
    const images = { pixels: new Uint8Array(mnist.pixels.length), labels: new Uint8Array(mnist.labels.length) };
    for (const part of everyPart) {
      const { pixels, labels } = decodePart(encodePart(mnist, part), part);
      images.pixels.set(pixels, part * pixels.length);
      images.labels.set(labels, part * labels.length);
    }
    expect(nameOf(images)).toEqual(nameOf(mnist));
  });

  test('is refused when it is cut short, too long, another part or something else', () => {
    const bytes = encodePart(mnist, 3);
    const longer = new Uint8Array(bytes.length + 1);
    longer.set(bytes);
    expect(() => decodePart(bytes.subarray(0, -1), 3)).toThrow('part 3 has 785015 bytes instead of 785016');
    expect(() => decodePart(longer, 3)).toThrow('part 3 has 785017 bytes');
    expect(() => decodePart(bytes, 4)).toThrow('part 4: word 1 of the header is 3000 instead of 4000');
    expect(() => decodePart(new Uint8Array(bytes.length), 3)).toThrow('part 3: word 0 of the header is 0');
  });
});

const choices = [
  { train: 1, test: 0, parts: [0] },
  { train: 1000, test: 0, parts: [0] },
  { train: 1001, test: 1, parts: [0, 1, 59] },
  { train: 2500, test: 1500, parts: [0, 1, 2, 58, 59] },
  { train: 50_000, test: 10_000, parts: everyPart },
  { train: 49_000, test: 10_000, parts: everyPart.filter((part) => part !== 49) },
];

describe('Images collected from parts', () => {
  test.each(choices)(
    'for $train to learn from and $test to test are those of all images',
    ({ train, test: tests, parts }) => {
      const choice = { train, test: tests };
      expect(partsOf(choice)).toEqual(parts);
      const { images, add } = collectImages(choice);
      // In any order: the last one comes first here.
      for (const part of parts.toReversed()) add(part, decodePart(encodePart(mnist, part), part));
      const [collected, wanted] = [mnistDataset(images, choice), mnistDataset(mnist, choice)];
      const contents = ({ values, labels, count }: (typeof wanted)['train']) => [
        count,
        digestOf(Float64Array.from(values)),
        digestOfBytes(labels),
      ];
      expect(images.labels).toHaveLength(train + tests);
      expect(contents(collected.train)).toEqual(contents(wanted.train));
      expect(contents(collected.test)).toEqual(contents(wanted.test));
    },
  );
});
