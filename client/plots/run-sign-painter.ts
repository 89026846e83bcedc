/** Paints the sign of a run, which it has wherever it appears, on a sheet. */
import { type RunSign, signShapes } from './run-signs.ts';
import type { Sheet } from './sheet/sheet.ts';

/** Paints a run's sign. */
export function paintSign(
  sheet: Sheet,
  x: number,
  y: number,
  radius: number,
  { index }: RunSign,
  colour: string,
): void {
  const corners = signShapes[index] ?? null;
  if (corners === null) return sheet.dot(x, y, radius, colour);
  const scale = radius / 6;
  sheet.begin();
  corners.forEach(([cx, cy], corner) => {
    const [px, py] = [x + (cx - 8) * scale, y + (cy - 8) * scale];
    if (corner === 0) sheet.moveTo(px, py);
    else sheet.lineTo(px, py);
  });
  sheet.fill(colour);
}
