/**
 * Shapeset-3x2 of Glorot and Bengio ("Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010,
 * section 2.1), drawn from the seed: grey pictures of 32 x 32 pixels with one or two of triangle, parallelogram and ellipse, of random
 * proportions, size, rotation, place and grey, on black; two overlap by at most half. The class is which objects are there: nine.
 *
 * Theirs is an endless stream, this one ends and comes again in every epoch; classes take turns, so that any first N pictures are
 * balanced; objects lie wholly in the picture; two greys differ by at least 32 of 255; edges are not smoothed. The paper does not
 * print its ranges, so those of outlines.ts are ours. Picture i depends on nothing but the seed, the set and i.
 */
import { type Dataset, type Examples, outputsFor, type PictureChoice } from '../dataset.ts';
import type { Digits } from '../digits.ts';
import { type Stream, uniform } from '../random.ts';
import { shapesetClasses, shapesetInputs, shapesetObjects } from './classes.ts';
import { type Draw, drawOutline, fill } from './outlines.ts';

const darkest = 64;
const brightest = 255;
const leastContrast = 32;

/** Values of the stream that a picture has for itself; one that needs more goes on into its neighbour's, which harms neither. */
const drawsOfPicture = 512;

/** The sets of pictures: to train on, to test with, and to show what a network answers. */
const sets = { train: 0, test: 1, shown: 2 } as const;

/** Draws the training and the test pictures of a choice. */
export function drawShapes(choice: PictureChoice, seed: number): Dataset {
  const inTurn = (i: number): number => i % shapesetClasses;
  return {
    inputs: shapesetInputs,
    outputs: outputsFor(choice, shapesetInputs, shapesetClasses),
    train: { ...drawPictures('train', choice.train, seed, inTurn), targets: choice.targets },
    test: drawPictures('test', choice.test, seed, inTurn),
  };
}

const ofEachClass = 2;

/** Draws the pictures by which a look shows what a network answers: two of each class in order, that no run trains on. */
export function shownShapes(seed: number): Digits {
  const count = ofEachClass * shapesetClasses;
  const examples = drawPictures('shown', count, seed, (i) => Math.floor(i / ofEachClass));
  return { examples, images: Array.from({ length: count }, (_, i) => i) };
}

function drawPictures(
  set: keyof typeof sets,
  count: number,
  seed: number,
  classOf: (i: number) => number,
): Examples & { readonly values: Uint8Array } {
  const stream: Stream = { seed, purpose: 'data', index: sets[set] };
  const values = new Uint8Array(count * shapesetInputs);
  const labels = new Uint8Array(count);
  const behind = new Uint8Array(shapesetInputs);
  for (let i = 0; i < count; i++) {
    let next = i * drawsOfPicture;
    const draw = (): number => uniform(stream, next++);
    const label = classOf(i);
    labels[i] = label;
    const objects = shapesetObjects[label]!;
    const at = i * shapesetInputs;
    const grey = greyOf(draw);
    if (objects.length === 1) {
      fill(drawOutline(objects[0], draw), values, at, grey);
      continue;
    }
    const [back, front] = draw() < 0.5 ? objects : [objects[1], objects[0]];
    let other = greyOf(draw);
    while (Math.abs(other - grey) < leastContrast) other = greyOf(draw);
    behind.fill(0);
    const area = fill(drawOutline(back, draw), behind, 0, grey);
    const picture = values.subarray(at, at + shapesetInputs);
    do {
      picture.set(behind);
    } while (!bothShow(picture, behind, area, fill(drawOutline(front, draw), picture, 0, other), other));
  }
  return { count, values, labels };
}

const greyOf = (draw: Draw): number => darkest + Math.floor(draw() * (brightest - darkest + 1));

/** Tells whether an object in front shares at most half of its own area, and of that behind it. */
function bothShow(picture: Uint8Array, behind: Uint8Array, area: number, own: number, grey: number): boolean {
  let shared = 0;
  for (let p = 0; p < picture.length; p++) if (behind[p] !== 0 && picture[p] === grey) shared++;
  return 2 * shared <= Math.min(area, own);
}
