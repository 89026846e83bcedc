/** Pictures of shapes: the same from the same seed, balanced, and of what their class says. */
import { describe, expect, test } from 'vitest';
import { digestOf } from '../../shared/core/digest.ts';
import { shapesetClasses, shapesetInputs, shapesetObjects, shapesetSide } from '../../shared/core/shapeset/classes.ts';
import { drawShapes, shownShapes } from '../../shared/core/shapeset/shapeset.ts';

const seed = 4;
const { train, test: held } = drawShapes({ train: 900, test: 90 }, seed);
const picture = (i: number): readonly number[] =>
  Array.from(train.values.subarray(i * shapesetInputs, (i + 1) * shapesetInputs));
const numbers = Array.from({ length: train.count }, (_, i) => i);
const objectsOf = (i: number) => shapesetObjects[train.labels[i] ?? -1] ?? [];

type Region = { readonly area: number; readonly reach: number; readonly filled: number };

/**
 * What tells triangle, parallelogram and ellipse apart whatever their size, rotation and proportions: over the square root of the
 * determinant of the covariance of their points the area is 6 sqrt 3 = 10.4, 12 and 4 pi = 12.6; and their outermost point is sqrt 8,
 * sqrt 6 and 2 deviations from the centre (exactly, for any affine image of an equilateral triangle, a square and a disc).
 */
function regionOf(pixels: readonly number[], grey: number): Region {
  const points = pixels.flatMap((value, p) =>
    value === grey ? [[p % shapesetSide, Math.floor(p / shapesetSide)]] : [],
  );
  const mean = (of: (x: number, y: number) => number): number =>
    points.reduce((sum, [x = 0, y = 0]) => sum + of(x, y), 0) / points.length;
  const [mx, my] = [mean((x) => x), mean((_, y) => y)];
  // A pixel is a square, whose own variance is 1/12.
  const xx = mean((x) => (x - mx) ** 2) + 1 / 12;
  const yy = mean((_, y) => (y - my) ** 2) + 1 / 12;
  const xy = mean((x, y) => (x - mx) * (y - my));
  const determinant = xx * yy - xy * xy;
  const reach = Math.max(
    ...points.map(([x = 0, y = 0]) => {
      const [dx, dy] = [x - mx, y - my];
      return Math.sqrt((yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / determinant);
    }),
  );
  return { area: points.length, reach, filled: points.length / Math.sqrt(determinant) };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('Shapeset', () => {
  test('is the same for the same seed, and another for another', () => {
    const digest = (drawn: typeof train): string => digestOf(Float32Array.from(drawn.values));
    const again = drawShapes({ train: 900, test: 90 }, seed);
    expect(digest(again.train)).toBe(digest(train));
    expect(digest(again.test)).toBe(digest(held));
    expect(digest(drawShapes({ train: 900, test: 0 }, seed + 1).train)).not.toBe(digest(train));
    // The first pictures do not depend on how many follow; those to test with are others.
    const few = drawShapes({ train: 9, test: 9 }, seed);
    expect(few.train.values).toEqual(train.values.subarray(0, 9 * shapesetInputs));
    expect(few.test.values).not.toEqual(few.train.values);
    expect(digest(few.train)).toMatchInlineSnapshot(`"0d79a867cbd53753f4ad701e4aee986c"`);
  });

  test('has all classes equally often, also among the first pictures', () => {
    const counts = Array.from(
      { length: shapesetClasses },
      (_, label) => train.labels.filter((own) => own === label).length,
    );
    expect(counts).toEqual(Array(shapesetClasses).fill(100));
    expect([...train.labels.subarray(0, shapesetClasses)]).toEqual(
      Array.from({ length: shapesetClasses }, (_, i) => i),
    );
  });

  test('has as many greys in a picture as objects, clearly apart, on black', () => {
    for (const i of numbers) {
      const greys = [...new Set(picture(i))].filter((value) => value !== 0).toSorted((a, b) => a - b);
      expect(greys, `picture ${i}`).toHaveLength(objectsOf(i).length);
      expect(greys[0]).toBeGreaterThanOrEqual(64);
      expect((greys[1] ?? Infinity) - (greys[0] ?? 0)).toBeGreaterThanOrEqual(32);
    }
  });

  test('draws what its class says: single objects have the invariants of their shapes', () => {
    const single = (label: number): Region[] =>
      numbers.filter((i) => train.labels[i] === label).map((i) => regionOf(picture(i), Math.max(...picture(i))));
    const [triangles, parallelograms, ellipses] = [single(0), single(1), single(2)];
    expect(Math.abs(meanOf(triangles.map(({ filled }) => filled)) - 6 * Math.sqrt(3))).toBeLessThan(0.15);
    expect(Math.abs(meanOf(parallelograms.map(({ filled }) => filled)) - 12)).toBeLessThan(0.15);
    expect(Math.abs(meanOf(ellipses.map(({ filled }) => filled)) - 4 * Math.PI)).toBeLessThan(0.15);
    // One by one, too: no triangle is filled as the others are, no ellipse reaches as far.
    expect(Math.max(...triangles.map(({ filled }) => filled))).toBeLessThan(11.3);
    expect(Math.min(...parallelograms.map(({ filled }) => filled))).toBeGreaterThan(11.3);
    expect(Math.min(...ellipses.map(({ filled }) => filled))).toBeGreaterThan(11.9);
    expect(
      meanOf(parallelograms.map(({ reach }) => reach)) - meanOf(ellipses.map(({ reach }) => reach)),
    ).toBeGreaterThan(0.2);
  });

  test('lets two objects overlap by no more than half: of each one enough is to be seen', () => {
    const areas = numbers
      .filter((i) => objectsOf(i).length === 2)
      .map((i) => {
        const pixels = picture(i);
        return [...new Set(pixels)].filter((value) => value !== 0).map((grey) => regionOf(pixels, grey).area);
      });
    // The smallest object has about 20 pixels of its own, and half of it may be behind another.
    expect(Math.min(...areas.flat())).toBeGreaterThan(8);
  });

  test('shows two pictures of each class on which no run trains', () => {
    const { examples, images } = shownShapes(seed);
    expect([...examples.labels]).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8]);
    expect(images).toHaveLength(18);
    const trained = new Set(numbers.map((i) => picture(i).join()));
    for (const i of images) {
      const own = Array.from(examples.values.subarray(i * shapesetInputs, (i + 1) * shapesetInputs));
      expect(trained.has(own.join())).toBe(false);
    }
  });

  test('asks for as many outputs as pixels where pictures are to be repeated', () => {
    const { outputs, inputs, train: pictures } = drawShapes({ train: 2, test: 0, targets: 'inputs' }, seed);
    expect([inputs, outputs, pictures.targets]).toEqual([1024, 1024, 'inputs']);
  });
});
