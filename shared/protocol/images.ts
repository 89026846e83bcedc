/**
 * The training images as pages fetch them to recompute a run: MNIST's 60,000 in their own order, cut into parts of 1,000, so
 * that a run is sent what it learns from and no more. A part is a header of four little-endian words (the letters IMGS,
 * number of its first image, how many images, pixels of an image), one byte a label, then the pixels, one byte each, image
 * by image. The numbers are as in the files of MNIST; that most are 0 is left to the compression of the transfer.
 */
import { type Mnist, mnistInputs } from '../core/dataset.ts';

const allImages = 60_000;
const imagesOfAPart = 1000;
export const imageParts = allImages / imagesOfAPart;

/** The folder of the parts. Its last segment is raised with any change of the bytes, since they may be kept for ever. */
export const imagesFolder = '/data/mnist/v1';

/** Where it is told how often the most frequent digit of a choice of images occurs. */
export const majorityPath = `${imagesFolder}/majority.json`;

/** What a part weighs on its way, compressed: the mean of all of them. A test holds it against what is sent. */
export const sentBytesOfAPart = 164_000;

const magic = 0x53474d49;
const headerBytes = 16;

/** A choice of images as a run makes it: the first `train` and the last `test` of all. */
export type ImageChoice = { readonly train: number; readonly test: number };

/** The address of a part. */
export const pathOfPart = (part: number): string => `${imagesFolder}/${part}.bin`;

/** Writes a part of all images. */
export function encodePart({ pixels, labels }: Mnist, part: number): Uint8Array<ArrayBuffer> {
  const first = part * imagesOfAPart;
  const bytes = new Uint8Array(headerBytes + imagesOfAPart * (1 + mnistInputs));
  const header = new DataView(bytes.buffer);
  for (const [index, word] of [magic, first, imagesOfAPart, mnistInputs].entries())
    header.setUint32(4 * index, word, true);
  bytes.set(labels.subarray(first, first + imagesOfAPart), headerBytes);
  bytes.set(pixels.subarray(first * mnistInputs, (first + imagesOfAPart) * mnistInputs), headerBytes + imagesOfAPart);
  return bytes;
}

/** Reads a part, as views of its bytes; throws when they are not this part. */
export function decodePart(bytes: Uint8Array, part: number): Mnist {
  const expected = headerBytes + imagesOfAPart * (1 + mnistInputs);
  if (bytes.length !== expected) throw new Error(`part ${part} has ${bytes.length} bytes instead of ${expected}`);
  const header = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
  for (const [index, word] of [magic, part * imagesOfAPart, imagesOfAPart, mnistInputs].entries()) {
    const found = header.getUint32(4 * index, true);
    if (found !== word) throw new Error(`part ${part}: word ${index} of the header is ${found} instead of ${word}`);
  }
  return {
    labels: bytes.subarray(headerBytes, headerBytes + imagesOfAPart),
    pixels: bytes.subarray(headerBytes + imagesOfAPart),
  };
}

/** Lists the parts in which the images of a choice lie, in order. */
export function partsOf({ train, test }: ImageChoice): number[] {
  const trained = Math.ceil(train / imagesOfAPart);
  const tested = Math.floor((allImages - test) / imagesOfAPart);
  return Array.from({ length: imageParts }, (_, part) => part).filter((part) => part < trained || part >= tested);
}

/**
 * Collects the images of a choice from parts, in any order: the training images, then the test images, and nothing else,
 * so that the first `train` and the last `test` of the collection are those of all images.
 */
export function collectImages(choice: ImageChoice): { readonly images: Mnist; add(part: number, from: Mnist): void } {
  const { train, test } = choice;
  const images = { pixels: new Uint8Array((train + test) * mnistInputs), labels: new Uint8Array(train + test) };
  /** Copies those images of a part that lie from `first` to `end` among all, to where `first` goes. */
  const copy = (part: number, from: Mnist, first: number, end: number, place: number): void => {
    const start = part * imagesOfAPart;
    const [low, high] = [Math.max(start, first), Math.min(start + imagesOfAPart, end)];
    if (low >= high) return;
    const to = place + low - first;
    images.labels.set(from.labels.subarray(low - start, high - start), to);
    images.pixels.set(
      from.pixels.subarray((low - start) * mnistInputs, (high - start) * mnistInputs),
      to * mnistInputs,
    );
  };
  return {
    images,
    add(part, from) {
      copy(part, from, 0, train, 0);
      copy(part, from, allImages - test, allImages, train);
    },
  };
}
