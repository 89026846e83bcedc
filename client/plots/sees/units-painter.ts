/** Paints what neurons see: of each three pictures, now, at the start and the difference, and the scale that they share. */
import { heatColours, type Palette } from '../../theme.ts';
import { type Area, line, type Sheet } from '../sheet/sheet.ts';
import type { Unit } from './units.ts';

export type UnitsPicture = {
  readonly units: readonly Unit[];
  readonly scales: { readonly weights: number; readonly difference: number };
  readonly fontSize: number;
  readonly side: number;
  /** Names of the three rows. */
  readonly rows: readonly [now: string, initial: string, difference: string];
  readonly scaleName: string;
  readonly format: (value: number) => string;
  readonly pictureOf: (values: readonly number[], full: number) => HTMLCanvasElement;
};

const kinds = ['now', 'initial', 'difference'] as const;

type Layout = {
  readonly picture: number;
  readonly lineHeight: number;
  readonly blocks: readonly Area[];
  readonly left: number;
};

/** Where the blocks of pictures, `dots` wide, are: as large as fit, in as many lines as are needed. */
export function layUnits(area: Area, count: number, fontSize: number, rowNames: number, dots: number): Layout {
  const left = area.left + rowNames + 12;
  const top = area.top + fontSize * 1.8;
  const [width, height] = [area.left + area.width - left, area.top + area.height - top];
  let best: Layout | null = null;
  for (let lines = 1; lines <= count; lines++) {
    const across = Math.ceil(count / lines);
    const gap = 6;
    const side = Math.min((width - gap * (across - 1)) / across, (height / lines - fontSize * 1.5) / 3 - 4);
    // A picture is a whole number of dots wide where that costs little, so that its pixels are equally large.
    const picture = side >= dots ? Math.floor(side / dots) * dots : Math.max(8, Math.floor(side));
    if (best !== null && picture <= best.picture) continue;
    const lineHeight = 3 * (picture + 4) + fontSize * 1.5;
    const step = Math.min((width - picture) / Math.max(1, across - 1), picture * 1.5);
    const blocks = Array.from({ length: count }, (_, index) => ({
      left: left + (index % across) * step,
      top: top + Math.floor(index / across) * lineHeight,
      width: picture,
      height: 3 * (picture + 4) - 4,
    }));
    best = { picture, lineHeight, blocks, left };
  }
  return best ?? { picture: 0, lineHeight: 0, blocks: [], left };
}

/** About how wide the names of the rows are, reckoned without a sheet. */
export const roughNames = ({ rows, fontSize }: Pick<UnitsPicture, 'rows' | 'fontSize'>): number =>
  Math.max(...rows.map((row) => [...row].reduce((sum, sign) => sum + (sign > '\u2E80' ? 1 : 0.55), 0))) * fontSize;

/** Paints them. */
export function paintUnits(sheet: Sheet, area: Area, palette: Palette, picture: UnitsPicture): void {
  const { units, scales, fontSize, rows, pictureOf } = picture;
  const {
    blocks,
    picture: side,
    left,
    lineHeight,
  } = layUnits(area, units.length, fontSize, roughNames(picture), picture.side);
  const letters = { colour: palette.soft, size: fontSize } as const;
  const tops = [...new Set(blocks.map(({ top }) => top))];
  for (const top of tops) {
    rows.forEach((row, index) =>
      sheet.text(left - 12, top + index * (side + 4) + side / 2, row, { ...letters, align: 'right' }),
    );
  }
  units.forEach((unit, index) => {
    const block = blocks[index];
    if (block === undefined) return;
    kinds.forEach((kind, row) => {
      const place = { left: block.left, top: block.top + row * (side + 4), width: side, height: side };
      const full = kind === 'difference' ? scales.difference : scales.weights;
      sheet.image(pictureOf(unit[kind], full), place);
      frame(sheet, place, palette.line);
    });
    sheet.text(block.left + side / 2, block.top + lineHeight - fontSize * 0.95, String(unit.unit), {
      ...letters,
      align: 'center',
    });
  });
  paintKey(sheet, area, palette, picture, left);
}

function frame(sheet: Sheet, { left, top, width, height }: Area, colour: string): void {
  for (const [x1, y1, x2, y2] of [
    [left, top, left + width, top],
    [left, top + height, left + width, top + height],
    [left, top, left, top + height],
    [left + width, top, left + width, top + height],
  ] as const)
    line(sheet, [x1, y1, x2, y2], { colour, width: 1 });
}

/** The colours with the weights that they stand for. */
function paintKey(
  sheet: Sheet,
  area: Area,
  palette: Palette,
  { scales, fontSize, scaleName, format }: UnitsPicture,
  left: number,
): void {
  const y = area.top + fontSize * 0.8;
  const letters = { colour: palette.soft, size: fontSize } as const;
  const low = `−${format(scales.weights)}`;
  sheet.text(left, y, scaleName, letters);
  let x = left + sheet.widthOf(scaleName, fontSize) + 10;
  sheet.text(x, y, low, letters);
  x += sheet.widthOf(low, fontSize) + 6;
  const colours = heatColours(palette, 41);
  colours.forEach((colour, index) => sheet.rect({ left: x + index * 3, top: y - 5, width: 3.4, height: 10 }, colour));
  x += colours.length * 3 + 6;
  sheet.text(x, y, `+${format(scales.weights)}`, letters);
}
