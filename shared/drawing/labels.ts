/** Places labels beside each other without overlapping, each as near to where it wants to be as that allows. */

/**
 * Moves heights apart to at least `gap` and into `top`..`bottom`, keeping their order, moving them as little as a
 * least-squares fit does: neighbours that collide become a block around their common middle.
 */
export function spreadLabels(wanted: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = wanted.map((_, index) => index).toSorted((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  // Where there is no room for all, they share what there is.
  const step = order.length > 1 ? Math.min(gap, Math.max(0, (bottom - top) / (order.length - 1))) : gap;
  const blocks: { sum: number; count: number }[] = [];
  order.forEach((index, rank) => {
    blocks.push({ sum: (wanted[index] ?? 0) - rank * step, count: 1 });
    for (let last = blocks.length - 1; last > 0; last--) {
      const [above, below] = [blocks[last - 1], blocks[last]];
      if (above === undefined || below === undefined || above.sum / above.count <= below.sum / below.count) break;
      blocks.splice(last - 1, 2, { sum: above.sum + below.sum, count: above.count + below.count });
    }
  });
  const highest = bottom - step * Math.max(0, order.length - 1);
  const placed: number[] = Array.from({ length: wanted.length }, () => 0);
  let rank = 0;
  for (const { sum, count } of blocks) {
    const base = Math.min(Math.max(sum / count, top), Math.max(top, highest));
    for (let within = 0; within < count; within++, rank++) placed[order[rank] ?? 0] = base + rank * step;
  }
  return placed;
}

/** Which hidden layers carry a label: all of up to ten, else the first, the last and the one pointed at. */
export function labelledLayers(layers: number, pointedAt: number | null): number[] {
  if (layers <= 10) return Array.from({ length: layers }, (_, index) => index + 1);
  const chosen = new Set([1, layers, ...(pointedAt === null ? [] : [pointedAt])]);
  return [...chosen].toSorted((a, b) => a - b);
}
