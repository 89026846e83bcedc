/** Where small multiples lie, one for each of some layers, and which layers where not all have room. */
import type { Area } from '../sheet/sheet.ts';

export type Cell = { readonly layer: number; readonly area: Area };

const gap = 8;

/** Lays out cells that are at least so large; at most as many as fit, evenly chosen, first, last and the chosen layer among them. */
export function cellsIn(
  area: Area,
  layers: number,
  least: { readonly width: number; readonly height: number },
  chosen: number | null,
): Cell[] {
  const mostAcross = Math.max(1, Math.floor((area.width + gap) / (least.width + gap)));
  const mostDown = Math.max(1, Math.floor((area.height + gap) / (least.height + gap)));
  const shown = chosenLayers(layers, mostAcross * mostDown, chosen);
  // As square as can be, and no more rows than are needed.
  const down = Math.max(1, Math.min(mostDown, Math.ceil(shown.length / mostAcross)));
  const across = Math.ceil(shown.length / down);
  const width = (area.width - gap * (across - 1)) / across;
  const height = (area.height - gap * (down - 1)) / down;
  return shown.map((layer, index) => ({
    layer,
    area: {
      left: area.left + (index % across) * (width + gap),
      top: area.top + Math.floor(index / across) * (height + gap),
      width,
      height,
    },
  }));
}

/** Chooses layers evenly, both ends among them, and the one that is looked at in place of its nearest. */
export function chosenLayers(layers: number, most: number, chosen: number | null): number[] {
  if (layers <= most) return Array.from({ length: layers }, (_, index) => index + 1);
  const evenly =
    most === 1
      ? [chosen ?? 1]
      : Array.from({ length: most }, (_, index) => 1 + Math.round((index * (layers - 1)) / (most - 1)));
  if (chosen === null || chosen < 1 || chosen > layers || evenly.includes(chosen)) return evenly;
  const inner = evenly.slice(1, -1);
  if (inner.length === 0) return evenly;
  const nearest = inner.reduce((best, one) => (Math.abs(one - chosen) < Math.abs(best - chosen) ? one : best));
  return evenly.map((one) => (one === nearest ? chosen : one));
}
