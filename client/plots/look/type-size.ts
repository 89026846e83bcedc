/** The size of type in a drawing: small on a phone, and on a card that fills a projector readable from the back row. */
import type { Size } from '../sheet/sheet.ts';

export function typeSizeFor({ width }: Size): number {
  if (width < 560) return 12;
  return width < 1300 ? 13 : Math.round(width / 85);
}
