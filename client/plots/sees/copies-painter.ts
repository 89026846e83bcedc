/** Paints what an autoencoder answers: each picture with the answer below it. */
import type { Palette } from '../../theme.ts';
import type { Area, Sheet } from '../sheet/sheet.ts';

export type CopiesPicture = {
  readonly pairs: readonly { readonly shown: HTMLCanvasElement; readonly answered: HTMLCanvasElement }[];
  readonly heading: string;
  readonly fontSize: number;
};

const gap = 3;

/** Where the pairs are: as large as fit, in whole rows. */
export function layCopies(area: Area, count: number, fontSize: number): { cells: readonly Area[]; side: number } {
  const top = area.top + fontSize * 1.9;
  const height = area.top + area.height - top;
  let best: { cells: Area[]; side: number } = { cells: [], side: 0 };
  for (let across = 1; across <= count; across++) {
    if (count % across !== 0) continue;
    const [wide, high] = [area.width / across, height / (count / across)];
    const side = Math.min(wide - 8, (high - 10 - gap) / 2);
    if (side <= best.side) continue;
    const cells = Array.from({ length: count }, (_, index) => ({
      left: area.left + (index % across) * wide + (wide - side) / 2,
      top: top + Math.floor(index / across) * high,
      width: side,
      height: 2 * side + gap,
    }));
    best = { cells, side };
  }
  return best;
}

/** Paints all of them. */
export function paintCopies(
  sheet: Sheet,
  area: Area,
  palette: Palette,
  { pairs, heading, fontSize }: CopiesPicture,
): void {
  const { cells, side } = layCopies(area, pairs.length, fontSize);
  sheet.text(area.left, area.top + fontSize * 0.7, heading, { colour: palette.ink, size: fontSize });
  pairs.forEach(({ shown, answered }, index) => {
    const cell = cells[index];
    if (cell === undefined) return;
    sheet.image(shown, { ...cell, height: side });
    sheet.image(answered, { ...cell, top: cell.top + side + gap, height: side });
  });
}
