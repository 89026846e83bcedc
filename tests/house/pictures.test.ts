/** Whether comparing pictures can fail, and fails where a person would see a difference. */
import { describe, expect, it } from 'vitest';
import { differenceOf, isOther } from '../support/pictures/difference.ts';
import { decodePng, encodePng, type Picture } from '../support/pictures/png.ts';

type Paint = (x: number, y: number) => readonly [number, number, number];

const [width, height] = [160, 96];
const white = [255, 255, 255] as const;
const violet = [60, 10, 110] as const;

function painted(paint: Paint): Picture {
  const pixels = Array.from({ length: width * height }, (_, pixel) => paint(pixel % width, Math.floor(pixel / width)));
  return { width, height, rgb: Uint8Array.from(pixels.flat()) };
}

/** A line of two pixels that rises by a quarter, its edges smoothed. */
const curve =
  (lift: number): Paint =>
  (x, y) => {
    const ink = Math.max(0, Math.min(1, 1.5 - Math.abs(y - (70 - x / 4 - lift))));
    const [r, g, b] = violet;
    return [255 - (255 - r) * ink, 255 - (255 - g) * ink, 255 - (255 - b) * ink];
  };

/** A word of three letters: strokes two pixels wide, as high as small type. */
const word =
  (left: number): Paint =>
  (x, y) =>
    y >= 80 && y < 90 && x >= left && x < left + 18 && (x - left) % 4 < 2 ? violet : white;

const over =
  (one: Paint, other: Paint): Paint =>
  (x, y) =>
    one(x, y) === white ? other(x, y) : one(x, y);

const isSeen = (one: Paint, other: Paint): boolean => isOther(differenceOf(painted(one), painted(other)));

describe('Two pictures', () => {
  it('are alike where edges are smoothed differently', () => {
    expect(isSeen(curve(0), curve(0.4))).toBe(false);
    expect(isSeen(curve(0), (x, y) => curve(0)(x, y).map((channel) => Math.min(255, channel + 6)) as never)).toBe(
      false,
    );
  });

  it('differ where a curve has moved by some pixels, or by a decade', () => {
    expect(isSeen(curve(0), curve(6))).toBe(true);
    expect(isSeen(curve(0), curve(40))).toBe(true);
  });

  it('differ where a curve has another colour', () => {
    expect(isSeen(curve(0), (x, y) => curve(0)(x, y).toReversed() as never)).toBe(true);
  });

  it('differ where a word is missing or has moved', () => {
    expect(isSeen(over(word(20), curve(0)), curve(0))).toBe(true);
    expect(isSeen(word(20), word(44))).toBe(true);
  });

  it('are not compared under a mask, and say how much differs', () => {
    const [one, other] = [painted(word(20)), painted(curve(-1000))];
    const { share, squares, most } = differenceOf(one, other);
    expect(squares.every(([, top]) => top === 80 || top === 88)).toBe(true);
    expect(share).toBeCloseTo(squares.length / ((width / 8) * (height / 8)), 12);
    expect(most).toBeGreaterThan(60);
    expect(differenceOf(one, other, [{ left: 20, top: 80, width: 18, height: 10 }]).squares).toEqual([]);
  });

  it('must be of one size', () => {
    const smaller = { width: 80, height: 96, rgb: new Uint8Array(80 * 96 * 3) };
    expect(() => differenceOf(painted(curve(0)), smaller)).toThrow('160 x 96 pixels are not 80 x 96');
  });
});

describe('A PNG file', () => {
  it('gives back a picture of few colours as it was', () => {
    const picture = painted(over(word(20), curve(0)));
    expect(decodePng(encodePng(picture))).toEqual({ ...picture, rgb: picture.rgb });
  });

  it('keeps a picture of many colours near to what it was', () => {
    const picture = painted((x, y) => [x, y * 2, (x * y) % 256]);
    const read = decodePng(encodePng(picture));
    const apart = read.rgb.map((value, at) => Math.abs(value - (picture.rgb[at] ?? 0)));
    expect(Math.max(...apart)).toBeLessThanOrEqual(32);
    expect(
      isOther(
        differenceOf(
          read,
          painted(() => white),
        ),
      ),
    ).toBe(true);
  });

  it('is not anything else', () => {
    expect(() => decodePng(Buffer.from('GIF89a, and more'))).toThrow('no PNG');
  });
});
