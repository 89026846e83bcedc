/**
 * Compares two pictures as an eye would that stands back a little: by the mean colours of small squares. Another version of a
 * browser smooths edges and letters a little differently, which moves ink within a square and hardly changes its mean; a curve
 * or a word that is elsewhere takes the ink away.
 */
import type { Picture } from './png.ts';

/** A part of a picture that is not compared, in pixels. */
export type Mask = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

export type Difference = {
  /** Squares whose mean colour differs much, as a share of all that are compared. */
  readonly share: number;
  /** Corners of those squares. */
  readonly squares: readonly (readonly [left: number, top: number])[];
  /** Squares that differ at least a little, as a share: a curve in another colour changes each square of its way by little. */
  readonly touched: number;
  /** The largest difference of a mean, in levels of 255. */
  readonly most: number;
};

/** Pixels along a side of a square: about the height of a small letter. */
const side = 8;

/**
 * Levels of 255 by which the mean of a square may differ in any channel. Three versions of Chromium apart, with other fonts on
 * the system, squares differ by at most 14, and by more than 12 at most four of nine thousand.
 */
const tolerance = 24;
const little = 12;

/** So many squares may differ much: the name of a power of ten at an axis has two. */
const mostSquares = 1;
/** Such a share of the squares may differ a little: a curve goes through more. */
const mostTouched = 0.007;

/** Compares pictures of one size. */
export function differenceOf(one: Picture, other: Picture, masks: readonly Mask[] = []): Difference {
  if (one.width !== other.width || one.height !== other.height) {
    throw new Error(`${one.width} x ${one.height} pixels are not ${other.width} x ${other.height}`);
  }
  const squares: [number, number][] = [];
  let most = 0;
  let compared = 0;
  let touched = 0;
  for (let top = 0; top < one.height; top += side) {
    for (let left = 0; left < one.width; left += side) {
      if (masks.some((mask) => touches(mask, left, top))) continue;
      compared++;
      const [mean, otherMean] = [meanOf(one, left, top), meanOf(other, left, top)];
      const apart = Math.max(...mean.map((channel, index) => Math.abs(channel - (otherMean[index] ?? 0))));
      most = Math.max(most, apart);
      if (apart > little) touched++;
      if (apart > tolerance) squares.push([left, top]);
    }
  }
  const all = Math.max(1, compared);
  return { share: squares.length / all, squares, touched: touched / all, most };
}

/** Whether a difference is more than what browsers make of one drawing. */
export const isOther = ({ squares, touched }: Difference): boolean =>
  squares.length > mostSquares || touched > mostTouched;

const touches = (mask: Mask, left: number, top: number): boolean =>
  left < mask.left + mask.width && left + side > mask.left && top < mask.top + mask.height && top + side > mask.top;

function meanOf({ width, height, rgb }: Picture, left: number, top: number): number[] {
  const sums = [0, 0, 0];
  const [right, bottom] = [Math.min(left + side, width), Math.min(top + side, height)];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      for (let channel = 0; channel < 3; channel++) {
        sums[channel] = (sums[channel] ?? 0) + (rgb[(y * width + x) * 3 + channel] ?? 0);
      }
    }
  }
  return sums.map((sum) => sum / ((right - left) * (bottom - top)));
}

/** Draws where two pictures differ: the new one, paled, with the squares that differ in red as they are. */
export function drawDifference(picture: Picture, { squares }: Difference): Picture {
  const rgb = picture.rgb.map((value) => 255 - (255 - value) * 0.35);
  for (const [left, top] of squares) {
    for (let y = top; y < Math.min(top + side, picture.height); y++) {
      for (let x = left; x < Math.min(left + side, picture.width); x++) {
        const at = (y * picture.width + x) * 3;
        rgb.set([255, (picture.rgb[at + 1] ?? 0) * 0.6, (picture.rgb[at + 2] ?? 0) * 0.6], at);
      }
    }
  }
  return { ...picture, rgb };
}
