/**
 * The picture of a heat map, one pixel wide for a column. A row has its middle value in the body, its largest at the upper and its
 * smallest at the lower edge; zeros, infinities and NaN are hatched, each in its own way. Only columns that have changed are
 * painted again.
 */
import { type Palette, heatColours } from '../../theme.ts';
import type { ShownSeries } from '../extent.ts';
import { found, HeatColumns } from './heat-columns.ts';
import { colourAt, type HeatScale } from './heat-scale.ts';

export type HeatPlan = {
  readonly columns: number;
  /** Pixels from top to bottom. */
  readonly height: number;
  readonly scale: HeatScale;
  readonly palette: Palette;
  /** The column of a step, also outside of the picture. */
  readonly columnOf: (step: number) => number;
  /** What the columns of steps depend on: with anything else in here the picture is made anew. */
  readonly key: readonly unknown[];
};

/** Colours of the scale; so many that neighbours cannot be told apart. */
const shades = 255;

export class HeatBitmap {
  readonly canvas = document.createElement('canvas');
  #rows: HeatColumns[] = [];
  #pixels: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  #image: ImageData | null = null;
  #key: readonly unknown[] = [];
  #colours: readonly number[] = [];

  /** Paints what has changed of the rows, given from the first layer, which is at the bottom, to the last. */
  update(rows: readonly ShownSeries[], { columns, height, scale, palette, columnOf, key }: HeatPlan): void {
    const context = this.canvas.getContext('2d', { willReadFrequently: true });
    if (context === null || columns < 1 || height < 1) return;
    let from = columns;
    let to = Math.max(0, ...this.#rows.map(({ end }) => end));
    const whole = [...key, columns, height, scale.bound, palette, rows.length];
    if (this.#image === null || whole.some((part, index) => part !== this.#key[index])) {
      this.#key = whole;
      this.#colours = heatColours(palette, shades).map(pixelOf);
      this.canvas.width = columns;
      this.canvas.height = height;
      this.#image = context.createImageData(columns, height);
      this.#pixels = new Uint32Array(this.#image.data.buffer);
      this.#rows = rows.map(() => new HeatColumns(columns));
      from = 0;
      to = columns;
    }
    rows.forEach(({ series, count, factor }, index) => {
      from = Math.min(from, this.#rows[index]?.take(series, count, factor, columnOf) ?? columns);
    });
    // What was known behind the end may not be any more, and what is known now may reach further.
    to = Math.max(to, ...this.#rows.map(({ end }) => end));
    if (from >= to) return;
    this.#paint(from, to, scale, palette);
    context.putImageData(this.#image, 0, 0, from, 0, to - from, height);
  }

  #paint(from: number, to: number, { bound }: HeatScale, palette: Palette): void {
    const { width: columns, height } = this.canvas;
    const colours = this.#colours;
    const [hatch, ground] = [pixelOf(palette.ink), pixelOf(palette.raised)];
    const pixels = this.#pixels;
    this.#rows.forEach((row, index) => {
      const rank = this.#rows.length - 1 - index;
      const top = Math.round((rank * height) / this.#rows.length);
      const bottom = Math.round(((rank + 1) * height) / this.#rows.length);
      const edge = edgeOf(bottom - top);
      for (let column = from; column < to; column++) {
        const kinds = row.kinds[column] ?? 0;
        const [middle, high, low] = [row.middle, row.high, row.low].map(
          (of) => colours[colourAt(of[column] ?? 0, bound, shades)] ?? 0,
        );
        for (let y = top; y < bottom; y++) {
          const at = y * columns + column;
          if (kinds === 0) pixels[at] = 0;
          else if (isHatched(kinds, column, y)) pixels[at] = hatch;
          else if ((kinds & found.number) === 0) pixels[at] = ground;
          else pixels[at] = (y < top + edge ? high : y >= bottom - edge ? low : middle) ?? 0;
        }
      }
    });
  }
}

/** How much of a row shows each extreme. */
export const edgeOf = (height: number): number => (height < 3 ? 0 : Math.max(1, Math.round(height / 8)));

const spacing = 6;

/** Zero is hatched one way, infinity the other, NaN both ways. */
export function isHatched(kinds: number, x: number, y: number): boolean {
  const rising = (kinds & (found.zero | found.nan)) !== 0 && (x + y) % spacing === 0;
  const falling = (kinds & (found.infinity | found.nan)) !== 0 && (x - y + spacing * 1e4) % spacing === 0;
  return rising || falling;
}

/** Makes a pixel of #rrggbb, in the order of bytes that canvases have on every machine of today. */
export const pixelOf = (hex: string): number =>
  (0xff000000 |
    (Number.parseInt(hex.slice(5, 7), 16) << 16) |
    (Number.parseInt(hex.slice(3, 5), 16) << 8) |
    Number.parseInt(hex.slice(1, 3), 16)) >>>
  0;
