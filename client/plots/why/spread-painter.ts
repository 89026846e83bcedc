/**
 * Paints how values are spread, a small histogram for each layer on one horizontal axis: filled in the layer's colour for one run,
 * as outlines in the runs' colours and dashes for several; and the slope of the activation over it, where that is asked for.
 */
import type { Palette } from '../../theme.ts';
import { powerOfTen } from '../../../shared/words/numbers.ts';
import { type Area, line, type Sheet, type Stroke } from '../sheet/sheet.ts';
import { roundBetween } from '../../../shared/drawing/ticks.ts';
import { type Bars, reachOf } from './bins.ts';
import { type Cell, cellsIn } from './multiples.ts';

export type SpreadCell = {
  readonly layer: number;
  readonly title: string;
  /** Stands at the right of the title. */
  readonly note: string;
  /** Of each run, in their order. */
  readonly bars: readonly Bars[];
};

export type SpreadPicture = {
  /** All layers, first to last. */
  readonly layers: readonly SpreadCell[];
  readonly chosen: number | null;
  /** Of each run; one alone is filled in the colours of its layers. */
  readonly strokes: readonly Stroke[] | null;
  readonly colours: readonly string[];
  /** Whether edges are logarithms of sizes. */
  readonly log: boolean;
  readonly fontSize: number;
  /** The slope of the activation: its value, its largest, and below what share of that it counts as flat. */
  readonly slope: { readonly at: (z: number) => number; readonly steepest: number } | null;
  readonly formatTick: (value: number) => string;
};

/** Where the cells are. */
export const laySpread = (area: Area, { layers, chosen, fontSize }: SpreadPicture): Cell[] =>
  cellsIn(area, layers.length, { width: fontSize * 11.5, height: fontSize * 7 }, chosen);

const flatShare = 0.05;

/** The horizontal axis of all cells; with a slope it shows the whole bend of it. */
function spreadDomain({ layers, slope, log }: SpreadPicture): readonly [number, number] {
  const reach = reachOf(layers.flatMap(({ bars }) => bars)) ?? (log ? [-6, 0] : [-1, 1]);
  const [low, high] = slope === null ? reach : [Math.min(reach[0], -5), Math.max(reach[1], 5)];
  return low < high ? [low, high] : [low - 1, high + 1];
}

/** Paints the cells. */
export function paintSpread(sheet: Sheet, area: Area, palette: Palette, picture: SpreadPicture): void {
  const domain = spreadDomain(picture);
  for (const { layer, area: cell } of laySpread(area, picture)) {
    const its = picture.layers[layer - 1];
    if (its !== undefined) paintCell(sheet, cell, palette, picture, its, domain);
  }
}

function paintCell(
  sheet: Sheet,
  cell: Area,
  palette: Palette,
  picture: SpreadPicture,
  { layer, title, note, bars }: SpreadCell,
  [low, high]: readonly [number, number],
): void {
  const { fontSize, strokes, colours, slope, log } = picture;
  const head = fontSize * 1.7;
  const plot = {
    left: cell.left,
    top: cell.top + head,
    width: cell.width,
    height: cell.height - head - fontSize * 1.7,
  };
  const x = (value: number): number => plot.left + ((value - low) / (high - low)) * plot.width;
  const bottom = plot.top + plot.height;
  const colour = colours[layer - 1] ?? palette.ink;
  if (strokes === null) sheet.rect({ left: cell.left, top: cell.top + head / 2 - 2, width: 12, height: 4 }, colour);
  const titleLeft = cell.left + (strokes === null ? 18 : 0);
  sheet.text(titleLeft, cell.top + head / 2, title, { colour: palette.ink, size: fontSize, weight: 600 });
  const room = cell.width - (titleLeft - cell.left) - sheet.widthOf(title, fontSize, 600) - 8;
  if (sheet.widthOf(note, fontSize) <= room)
    sheet.text(cell.left + cell.width, cell.top + head / 2, note, {
      colour: palette.soft,
      size: fontSize,
      align: 'right',
    });
  if (slope !== null) paintFlat(sheet, plot, palette, slope, [low, high], x);
  const most = Math.max(...bars.flatMap(({ shares }) => shares), 1e-12);
  // Under a slope, the histogram keeps to the lower part, so that the line stays in sight.
  const y = (share: number): number => bottom - (share / most) * plot.height * (slope === null ? 0.96 : 0.62);
  sheet.clipped(plot, () => {
    bars.forEach((one, index) => {
      const stroke = strokes?.[index] ?? { colour, width: 1.5 };
      paintBars(sheet, one, log, stroke, strokes === null ? 0.3 : 0.08, x, y, bottom);
    });
    if (slope !== null) paintSlope(sheet, plot, palette, slope, [low, high], x);
  });
  line(sheet, [plot.left, bottom, plot.left + plot.width, bottom], { colour: palette.line, width: 1 });
  const ticks = log
    ? decadesIn(low, high, plot.width / (fontSize * 3.4))
    : roundBetween(low, high, Math.max(3, Math.floor(plot.width / (fontSize * 4))));
  for (const tick of ticks) {
    if (x(tick) < plot.left - 1 || x(tick) > plot.left + plot.width + 1) continue;
    line(sheet, [x(tick), bottom, x(tick), bottom + 4], { colour: palette.line, width: 1 });
    const text = log ? powerOfTen(tick) : picture.formatTick(tick);
    const half = sheet.widthOf(text, fontSize * 0.92) / 2;
    const at = Math.min(Math.max(x(tick), plot.left + half), plot.left + plot.width - half);
    sheet.text(at, bottom + fontSize * 0.95, text, { colour: palette.soft, size: fontSize * 0.92, align: 'center' });
  }
}

/** Whole decades, as many as have room. */
function decadesIn(low: number, high: number, most: number): number[] {
  const [first, last] = [Math.ceil(low), Math.floor(high)];
  const every = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, most)));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index).filter(
    (decade) => decade % every === 0,
  );
}

function paintBars(
  sheet: Sheet,
  { edges, shares, zeros }: Bars,
  log: boolean,
  stroke: Stroke,
  alpha: number,
  x: (value: number) => number,
  y: (share: number) => number,
  bottom: number,
): void {
  if (shares.length > 0) {
    const outline = (): void => {
      sheet.begin();
      sheet.moveTo(x(edges[0] ?? 0), bottom);
      shares.forEach((share, index) => {
        sheet.lineTo(x(edges[index] ?? 0), y(share));
        sheet.lineTo(x(edges[index + 1] ?? 0), y(share));
      });
      sheet.lineTo(x(edges.at(-1) ?? 0), bottom);
    };
    outline();
    sheet.fill(stroke.colour, alpha);
    outline();
    sheet.stroke(stroke);
  }
  // Zeros that stand apart on a linear axis are a needle as high as the cell.
  if (!log && zeros > 0) {
    line(sheet, [x(0), bottom, x(0), y(1)], { ...stroke, width: 2.5 });
  }
}

function paintFlat(
  sheet: Sheet,
  plot: Area,
  palette: Palette,
  { at, steepest }: NonNullable<SpreadPicture['slope']>,
  [low, high]: readonly [number, number],
  x: (value: number) => number,
): void {
  const pieces = 120;
  let begin: number | null = null;
  for (let index = 0; index <= pieces; index++) {
    const z = low + ((high - low) * index) / pieces;
    const isFlat = Math.abs(at(z)) < flatShare * steepest;
    if (isFlat) begin ??= z;
    if (begin !== null && (!isFlat || index === pieces)) {
      sheet.rect({ ...plot, left: x(begin), width: x(z) - x(begin) }, palette.raised, 0.9);
      begin = null;
    }
  }
}

function paintSlope(
  sheet: Sheet,
  plot: Area,
  palette: Palette,
  { at, steepest }: NonNullable<SpreadPicture['slope']>,
  [low, high]: readonly [number, number],
  x: (value: number) => number,
): void {
  const pieces = Math.max(60, Math.round(plot.width));
  sheet.begin();
  for (let index = 0; index <= pieces; index++) {
    const z = low + ((high - low) * index) / pieces;
    const y = plot.top + plot.height - (at(z) / steepest) * plot.height * 0.92;
    if (index === 0) sheet.moveTo(x(z), y);
    else sheet.lineTo(x(z), y);
  }
  sheet.stroke({ colour: palette.ink, width: 2 });
}
