/** Whether plots are drawn for the back row of a room: type that can be read from there, and nothing to press. */
import { createContext, useContext } from 'react';
import type { Size } from './sheet/sheet.ts';

/** Around plots of a projector: true. */
export const BackRow = createContext(false);

export const useBackRow = (): boolean => useContext(BackRow);

/** How many letters of a projector's size fit into the width of a drawing, which has more words in it than a plot. */
export const lettersOfDrawing = 76;

/** The least size of type on a projector, in pixels of a screen 1920 wide or less. */
const leastForBackRow = 20;

/**
 * Returns the size of type in a plot or drawing of a size: small on a phone, and where it fills a large screen or hangs on a
 * projector readable from further away; `letters` is how many of that size fit into its width there.
 */
export function useTypeSize({ width }: Size, letters = 60): number {
  const isFar = useBackRow();
  if (isFar) return Math.max(leastForBackRow, Math.round(width / letters));
  if (width < 560) return 12;
  return width < 1300 ? 13 : Math.round(width / 85);
}
