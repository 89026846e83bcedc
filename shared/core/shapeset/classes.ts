/** What the pictures of Shapeset are of: one object or two, whichever of them is in front. */

export type ShapeName = 'triangle' | 'parallelogram' | 'ellipse';

/** The objects of each class, by its number. */
export const shapesetObjects = [
  ['triangle'],
  ['parallelogram'],
  ['ellipse'],
  ['triangle', 'triangle'],
  ['parallelogram', 'parallelogram'],
  ['ellipse', 'ellipse'],
  ['triangle', 'parallelogram'],
  ['triangle', 'ellipse'],
  ['parallelogram', 'ellipse'],
] as const satisfies readonly (readonly ShapeName[])[];

export const shapesetClasses = shapesetObjects.length;

/** Pixels of a side, and of a picture. */
export const shapesetSide = 32;
export const shapesetInputs = shapesetSide * shapesetSide;
