/** Several drawings of one card, exported as one picture: one below the other, and all their numbers. */
import { useComputedColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { paletteOf } from '../../theme.ts';
import type { Figure } from '../card/figure.ts';
import { geometryOf, paintAxisTitle, paintFrame } from '../frame-painter.ts';
import type { Held } from '../held.ts';

const gap = 12;
const bare = { x: { domain: [0, 1], ticks: [] }, y: { domain: [0, 1], ticks: [] } } as const;

/** Puts the drawings together for the card; `parts` must keep its identity. */
export function useStacked(figure: Held<Figure | null>, parts: readonly Held<Figure | null>[]): void {
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    const shown = (): Figure[] => parts.flatMap((part) => part.take() ?? []);
    figure.put({
      get size() {
        const all = shown();
        const height = all.reduce((sum, { size }) => sum + size.height, 0) + gap * (all.length - 1);
        return { width: Math.max(...all.map(({ size }) => size.width)), height };
      },
      frame: null,
      paint(sheet, { left, top }) {
        const palette = paletteOf(scheme);
        let y = top;
        for (const { size, frame, paint } of shown()) {
          const box = { left, top: y, ...size };
          const geometry = frame === null ? geometryOf(box, bare) : paintFrame(sheet, box, frame, palette);
          if (frame !== null) paintAxisTitle(sheet, geometry, frame, palette.soft);
          paint(sheet, geometry);
          y += size.height + gap;
        }
      },
      rows: () => shown().flatMap(({ rows }) => rows()),
    });
    return () => figure.put(null);
  }, [figure, parts, scheme]);
}
