/**
 * Paints the network as it is drawn on the board, a column of neurons for each hidden layer, and at every neuron a bar for its
 * mean gradient: to the right and blue where it is positive, to the left and orange where it is negative.
 */
import { hexOf } from '../../../shared/drawing/colours.ts';
import type { Palette } from '../../theme.ts';
import { type Area, line, type Sheet } from '../sheet/sheet.ts';

export type NeuronsPicture = {
  /** Mean signed gradients of the units, of the hidden layers first to last. */
  readonly gradients: readonly (readonly number[])[];
  readonly chosen: number | null;
  readonly fontSize: number;
  /** What a bar of full length stands for in each layer. */
  readonly full: readonly number[];
  readonly titleOf: (layer: number) => string;
  readonly shownOf: (shown: number, count: number) => string;
  readonly scale: string;
  readonly positive: string;
  readonly negative: string;
};

/** The gradient that a bar of full length stands for: one for all layers, or one for each. */
export function fullLengths(gradients: readonly (readonly number[])[], own: boolean): number[] {
  const largest = gradients.map((its) =>
    its.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0),
  );
  const most = Math.max(0, ...largest);
  return largest.map((size) => (own ? size : most));
}

/** Where the columns are. */
export function layNeurons(
  area: Area,
  layers: number,
  fontSize: number,
): { readonly layer: number; readonly area: Area }[] {
  const top = area.top + fontSize * 1.9;
  const wide = area.width / Math.max(1, layers);
  const height = area.top + area.height - top;
  return Array.from({ length: layers }, (_, index) => ({
    layer: index + 1,
    area: { left: area.left + wide * index, top, width: wide, height },
  }));
}

const leastRow = 4;

/** Paints them. */
export function paintNeurons(sheet: Sheet, area: Area, palette: Palette, picture: NeuronsPicture): void {
  const { gradients, chosen, fontSize, full, titleOf, shownOf } = picture;
  paintLegend(sheet, area, palette, picture);
  const columns = layNeurons(area, gradients.length, fontSize);
  const wide = columns[0]?.area.width ?? 0;
  const everyTitle = Math.max(1, Math.ceil((fontSize * 4.4) / Math.max(1, wide)));
  const tallest = Math.max(1, ...gradients.map((its) => its.length));
  const placed = columns.map(({ layer, area: column }, index) => {
    const its = gradients[index] ?? [];
    const head = fontSize * 1.5;
    const body = column.height - head - 4;
    const rows = Math.min(its.length, Math.max(1, Math.floor(body / leastRow)));
    const row = Math.min(body / Math.min(tallest, Math.floor(body / leastRow) || 1), fontSize * 1.6);
    return { layer, column, its, rows, row, top: column.top + head + (body - row * rows) / 2 };
  });
  paintMesh(sheet, palette, placed);
  placed.forEach(({ layer, column, its, rows, row, top }, index) => {
    const middle = column.left + column.width / 2;
    if (layer === chosen) sheet.rect(column, palette.accentWash, 0.6);
    const left = columns.length - 1 - index;
    if (left === 0 || (index % everyTitle === 0 && left >= everyTitle)) {
      const note = rows < its.length && wide > fontSize * 12 ? ` (${shownOf(rows, its.length)})` : '';
      const letters = { colour: palette.soft, size: fontSize, align: 'center' } as const;
      const title = titleOf(layer) + note;
      const half = sheet.widthOf(title, fontSize) / 2;
      const at = Math.min(Math.max(middle, area.left + half), area.left + area.width - half);
      sheet.text(at, column.top + fontSize * 0.7, title, letters);
    }
    line(sheet, [middle, top, middle, top + row * rows], { colour: palette.line, width: 1 });
    const reach = column.width * 0.44;
    const radius = Math.min(row * 0.32, 5, column.width * 0.06);
    its.slice(0, rows).forEach((value, neuron) => {
      const y = top + row * (neuron + 0.5);
      paintBar(sheet, palette, value, full[index] ?? 0, { middle, y, reach, high: Math.max(1.5, row * 0.62) });
      if (radius >= 1.4) {
        sheet.dot(middle, y, radius + 1, palette.plot);
        sheet.dot(middle, y, radius, palette.soft);
      }
    });
  });
}

type Placed = {
  readonly column: Area;
  readonly rows: number;
  readonly row: number;
  readonly top: number;
};

/** More lines than that are a grey area. */
const mostLines = 8000;

/** The connections of neighbouring layers, faint behind the bars. */
function paintMesh(sheet: Sheet, palette: Palette, columns: readonly Placed[]): void {
  const count = columns.reduce((sum, { rows }, index) => sum + rows * (columns[index + 1]?.rows ?? 0), 0);
  if (count > mostLines) return;
  sheet.begin();
  columns.slice(1).forEach((after, index) => {
    const before = columns[index];
    if (before === undefined) return;
    const middle = ({ column: { left, width } }: Placed): number => left + width / 2;
    for (let from = 0; from < before.rows; from++) {
      for (let to = 0; to < after.rows; to++) {
        sheet.moveTo(middle(before), before.top + before.row * (from + 0.5));
        sheet.lineTo(middle(after), after.top + after.row * (to + 0.5));
      }
    }
  });
  // Where columns are close, lines lie close too.
  const wide = columns[0]?.column.width ?? 0;
  sheet.stroke({ colour: palette.line, width: 0.5, alpha: Math.min(0.45, wide / 600) });
}

type Place = { readonly middle: number; readonly y: number; readonly reach: number; readonly high: number };

function paintBar(
  sheet: Sheet,
  palette: Palette,
  value: number,
  full: number,
  { middle, y, reach, high }: Place,
): void {
  if (!Number.isFinite(value)) {
    sheet.text(middle + 8, y, '?', { colour: palette.warn, size: Math.max(8, high) });
    return;
  }
  if (value === 0 || full === 0) return;
  const length = (Math.abs(value) / full) * reach;
  const colour = hexOf(value > 0 ? palette.faster : palette.slower);
  sheet.rect({ left: value > 0 ? middle : middle - length, top: y - high / 2, width: length, height: high }, colour);
}

function paintLegend(
  sheet: Sheet,
  area: Area,
  palette: Palette,
  { fontSize, scale, positive, negative }: NeuronsPicture,
): void {
  const y = area.top + fontSize * 0.8;
  const letters = { colour: palette.soft, size: fontSize } as const;
  let x = area.left + 2;
  for (const [text, colour] of [
    [negative, palette.slower],
    [positive, palette.faster],
  ] as const) {
    sheet.rect({ left: x, top: y - 4, width: 16, height: 8 }, hexOf(colour));
    sheet.text(x + 22, y, text, letters);
    x += 22 + sheet.widthOf(text, fontSize) + fontSize * 1.4;
  }
  if (x + sheet.widthOf(scale, fontSize) < area.left + area.width)
    sheet.text(area.left + area.width - 2, y, scale, { ...letters, align: 'right' });
}
