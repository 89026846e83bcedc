/** Lays out small plots in rows and columns: as many as there are runs, all alike, so that they can be compared at a glance. */
import type { Area, Size } from '../sheet/sheet.ts';

export type Grid = {
  /** All of it; as wide as the place and at least as high. */
  readonly size: Size;
  /** Of each cell: all of it, what its curves have, and whether it stands at the left or the bottom edge, where axes are written. */
  readonly cells: readonly {
    readonly box: Area;
    readonly area: Area;
    readonly atLeft: boolean;
    readonly atBottom: boolean;
  }[];
};

export type GridWish = {
  readonly count: number;
  readonly place: Size;
  readonly fontSize: number;
  /** Room for the labels of the vertical axis, left of the first column. */
  readonly left: number;
  /** Room above all of them, for a legend. */
  readonly top: number;
  /** Below that, curves are no longer told apart: then the grid is higher than its place. */
  readonly leastWidth: number;
  readonly leastHeight: number;
};

const gap = 12;
/** Cells look best a little wider than high. */
const shape = 1.5;

/** Chooses the number of columns and places the cells. */
export function gridOf({ count, place, fontSize, left, top, leastWidth, leastHeight }: GridWish): Grid {
  const heading = fontSize * 1.9;
  const below = fontSize * 1.9;
  const room = place.width - left - 4;
  const most = Math.max(1, Math.min(count, Math.floor((room + gap) / (leastWidth + gap))));
  const layouts = Array.from({ length: most }, (_, index) => {
    const columns = index + 1;
    const rows = Math.max(1, Math.ceil(count / columns));
    const width = (room - (columns - 1) * gap) / columns;
    const fitting = (place.height - top - below - 4) / rows - heading - 4;
    const height = Math.max(leastHeight, fitting);
    return { columns, rows, width, height, fits: fitting >= leastHeight };
  });
  // Neither long and thin ones, nor a last row with hardly any in it.
  const off = ({ columns, rows, width, height }: (typeof layouts)[number]): number =>
    Math.abs(Math.log(width / height / shape)) + (0.8 * (columns * rows - count)) / count;
  const fitting = layouts.filter(({ fits }) => fits);
  const [best] = (fitting.length > 0 ? fitting : layouts.slice(-1)).toSorted((a, b) => off(a) - off(b));
  const { columns = 1, rows = 1, width = room, height: tall = leastHeight } = best ?? {};
  // A few plots need not fill a large place.
  const height = Math.min(tall, width / 0.9);
  const row = heading + height + 4;
  return {
    size: { width: place.width, height: Math.max(place.height, top + rows * row + below + 4) },
    cells: Array.from({ length: count }, (_, index) => {
      const [column, line] = [index % columns, Math.floor(index / columns)];
      const x = left + column * (width + gap);
      const y = top + line * row;
      const atLeft = column === 0;
      return {
        box: { left: atLeft ? 0 : x - gap / 2, top: y, width: width + (atLeft ? left : gap / 2) + 2, height: row },
        area: { left: x, top: y + heading, width, height },
        atLeft,
        // What has nothing below it carries the labels of its column.
        atBottom: index + columns >= count,
      };
    }),
  };
}
