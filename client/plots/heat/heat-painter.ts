/** Paints a heat map into its plot: the picture, the ratio at the end of each row, the legend above, and the cell at the cursor. */
import type { Say } from '../../i18n/words.ts';
import type { Palette } from '../../theme.ts';
import { heatColours } from '../../theme.ts';
import type { ShownSeries } from '../extent.ts';
import type { Geometry } from '../geometry.ts';
import { line, type Area, type Sheet } from '../sheet/sheet.ts';
import { nearestIndex } from '../stops.ts';
import type { StepUnit, XAxis } from '../x-axis.ts';
import type { HeatBitmap } from './heat-bitmap.ts';
import { isHatched } from './heat-bitmap.ts';
import { found } from './heat-columns.ts';
import { colourAt, type HeatScale } from './heat-scale.ts';

export type HeatPicture = {
  /** Ratios of the hidden layers to the last one, the first layer first. */
  readonly rows: readonly ShownSeries[];
  readonly axis: XAxis;
  readonly unit: StepUnit;
  readonly scale: HeatScale;
  readonly bitmap: HeatBitmap;
};

/** Paints the picture into the area of the plot. */
export function paintHeat(sheet: Sheet, geometry: Geometry, palette: Palette, picture: HeatPicture): void {
  const { rows, axis, unit, scale, bitmap } = picture;
  const { left, top, width, height } = geometry;
  const columns = Math.max(1, Math.floor(width));
  const [from, to] = axis.domain;
  bitmap.update(rows, {
    columns,
    height: Math.max(1, Math.round(height)),
    scale,
    palette,
    columnOf: (step) => columnOf(axis.place(unit.valueOf(step)), [from, to], columns),
    key: [axis, unit],
  });
  sheet.image(bitmap.canvas, { left, top, width, height });
}

/** The column of a place, negative or beyond the last one outside of the picture; the end of the axis belongs to the last column. */
export function columnOf(place: number, [from, to]: readonly [number, number], columns: number): number {
  const column = Math.floor(((place - from) / (to - from || 1)) * columns);
  return column === columns && place <= to ? columns - 1 : column;
}

/** The row under a height in pixels, 1 = first layer, which is at the bottom; null outside. */
export function layerAt({ top, height }: Area, y: number, layers: number): number | null {
  const rank = Math.floor(((y - top) / height) * layers);
  return rank < 0 || rank >= layers ? null : layers - rank;
}

/** Writes the ratio of each layer at its row's end, as many as have room; at the cursor, or else at the last step on show. */
export function paintRatios(
  sheet: Sheet,
  { left, top, width, height }: Area,
  palette: Palette,
  ratios: readonly string[],
  fontSize: number,
): void {
  const row = height / Math.max(1, ratios.length);
  const every = Math.max(1, Math.ceil((fontSize * 1.15) / row));
  ratios.forEach((ratio, index) => {
    const layer = index + 1;
    if (!isLabelled(layer, ratios.length, every)) return;
    const y = top + (ratios.length - layer + 0.5) * row;
    sheet.text(left + width + 8, y, ratio, { colour: palette.ink, size: fontSize, weight: 650 });
  });
}

/** Whether a row carries labels where only every so many have room: the first and the last always, none too near to the last. */
export const isLabelled = (layer: number, layers: number, every: number): boolean =>
  layer === layers || ((layer - 1) % every === 0 && layers - layer >= every);

export type HeatLegendWords = {
  readonly slower: string;
  readonly faster: string;
  readonly zero: string;
  readonly infinity: string;
  readonly nan: string;
};

/** Says the words of the legend. */
export const legendWords = (say: Say): HeatLegendWords => ({
  slower: say('heat.slower'),
  faster: say('heat.faster'),
  zero: say('heat.zero'),
  infinity: say('heat.infinity'),
  nan: say('heat.nan'),
});

/** Paints the legend: the colours that have been seen with their ticks, and the hatchings that occur. */
export function paintHeatLegend(
  sheet: Sheet,
  box: Area,
  palette: Palette,
  { seen, bound, ticks }: HeatScale,
  lanes: ReadonlySet<string>,
  words: HeatLegendWords,
  fontSize: number,
): void {
  const colours = heatColours(palette, 101);
  const letters = { colour: palette.soft, size: fontSize };
  const kinds = (['zero', 'infinity', 'nan'] as const).filter((kind) => lanes.has(kind));
  const marks = kinds.map((kind) => ({ kind, wide: fontSize * 1.6 + sheet.widthOf(words[kind], fontSize) + 14 }));
  const slower = seen[0] < 0 ? words.slower : '';
  const wordsWide = sheet.widthOf(slower, fontSize) + sheet.widthOf(words.faster, fontSize) + 20;
  const room = box.width - wordsWide - marks.reduce((sum, { wide }) => sum + wide, 0);
  const bar = {
    left: box.left + sheet.widthOf(slower, fontSize) + 10,
    top: box.top,
    width: Math.max(60, Math.min(260, room)),
    height: fontSize * 0.9,
  };
  const middle = bar.top + bar.height / 2;
  sheet.text(box.left, middle, slower, letters);
  const stripes = Math.ceil(bar.width);
  for (let stripe = 0; stripe < stripes; stripe++) {
    const place = seen[0] + ((stripe + 0.5) / stripes) * (seen[1] - seen[0]);
    const colour = colours[colourAt(place, bound, colours.length)] ?? palette.ink;
    const width = Math.min(1.5, bar.width - stripe);
    sheet.rect({ left: bar.left + stripe, top: bar.top, width, height: bar.height }, colour);
  }
  for (const { at, label } of ticks) {
    const x = bar.left + ((at - seen[0]) / (seen[1] - seen[0] || 1)) * bar.width;
    line(sheet, [x, bar.top + bar.height, x, bar.top + bar.height + 3], { colour: palette.soft, width: 1 });
    sheet.text(x, bar.top + bar.height + 4 + fontSize * 0.55, label, { ...letters, align: 'center' });
  }
  if (seen[1] > 0) sheet.text(bar.left + bar.width + 10, middle, words.faster, letters);
  let x = bar.left + bar.width + (seen[1] > 0 ? sheet.widthOf(words.faster, fontSize) + 24 : 16);
  for (const { kind, wide } of marks) {
    paintHatch(sheet, { left: x, top: bar.top, width: fontSize * 1.3, height: bar.height }, palette, found[kind]);
    sheet.text(x + fontSize * 1.6, middle, words[kind], letters);
    x += wide;
  }
}

/** Paints a sample of a hatching. */
function paintHatch(sheet: Sheet, { left, top, width, height }: Area, palette: Palette, kind: number): void {
  sheet.rect({ left, top, width, height }, palette.raised);
  for (let x = 0; x < Math.floor(width); x++) {
    for (let y = 0; y < Math.floor(height); y++) {
      if (isHatched(kind, x, y)) sheet.rect({ left: left + x, top: top + y, width: 1, height: 1 }, palette.ink);
    }
  }
}

/** Paints the line at the cursor and the edges of the row that is pointed at. */
export function paintHeatCursor(
  sheet: Sheet,
  geometry: Geometry,
  palette: Palette,
  value: number,
  layer: number | null,
  { axis, rows }: HeatPicture,
): void {
  const x = Math.round(geometry.x(axis.place(value))) + 0.5;
  const { left, top, width, height } = geometry;
  if (x < left || x > left + width + 1) return;
  line(sheet, [x, top, x, top + height], { colour: palette.ink, width: 1 });
  if (layer === null || layer > rows.length) return;
  const row = height / rows.length;
  const [upper, lower] = [top + (rows.length - layer) * row, top + (rows.length - layer + 1) * row];
  for (const y of [upper, lower]) line(sheet, [left, y, left + width, y], { colour: palette.ink, width: 1 });
}

/** The ratio of each layer at the measurement nearest to a step; NaN where there is none. */
export function ratiosAt(rows: readonly ShownSeries[], step: number): number[] {
  return rows.map((row) => {
    const value = row.series.values[nearestIndex(row, step)];
    return value === undefined ? Number.NaN : value * row.factor;
  });
}
