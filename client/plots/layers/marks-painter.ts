/** Paints what happened in the course of a run, and people's notes, into the plot: where they belong, each with its sign. */
import type { Palette } from '../../theme.ts';
import type { ShownSeries } from '../extent.ts';
import type { Geometry } from '../geometry.ts';
import { line, type Sheet } from '../sheet/sheet.ts';
import { nearestIndex } from '../stops.ts';
import type { ValueScale } from '../value-scale.ts';
import type { StepUnit, XAxis } from '../x-axis.ts';

/** An event hangs from the top of the plot; a note sits on its layer's curve where it names one, else at the top of its step. */
export type Mark = {
  readonly kind: 'event' | 'note';
  readonly step: number;
  readonly layer: number | null;
  readonly sign: string;
};

type Picture = {
  readonly curves: readonly ShownSeries[];
  readonly axis: XAxis;
  readonly scale: ValueScale;
  readonly unit: StepUnit;
  readonly fontSize: number;
};

/** Paints the marks that lie in what is on show. */
export function paintMarks(
  sheet: Sheet,
  geometry: Geometry,
  palette: Palette,
  picture: Picture,
  marks: readonly Mark[],
): void {
  const { axis, unit, fontSize } = picture;
  const small = fontSize * 0.85;
  for (const mark of marks) {
    const value = unit.valueOf(mark.step);
    if (value < axis.shown[0] || value > axis.shown[1]) continue;
    const x = geometry.x(axis.place(value));
    if (mark.kind === 'event') {
      const { top, height } = geometry;
      const textX = x + small * 0.7;
      const textY = top + lanesAbove(geometry, picture) + small * 0.7;
      line(sheet, [x, top, x, top + height], { colour: palette.soft, width: 1, dash: [2, 4] });
      sheet.begin();
      sheet.moveTo(x - small * 0.45, top);
      sheet.lineTo(x + small * 0.45, top);
      sheet.lineTo(x, top + small * 0.7);
      sheet.fill(palette.soft);
      const width = sheet.widthOf(mark.sign, small, 650);
      sheet.rect(
        { left: textX - 2, top: textY - small * 0.6, width: width + 4, height: small * 1.2 },
        palette.plot,
        0.85,
      );
      sheet.text(textX, textY, mark.sign, { colour: palette.soft, size: small, weight: 650 });
    } else {
      const place = heightOf(geometry, picture, mark);
      const y = place ?? geometry.top + small;
      if (place === null) {
        const stroke = { colour: palette.accent, width: 1, dash: [2, 4], alpha: 0.7 };
        line(sheet, [x, y, x, geometry.top + geometry.height], stroke);
      }
      sheet.dot(x, y, small * 0.8, palette.accent);
      sheet.text(x, y, mark.sign, { colour: palette.accentInk, size: small, weight: 650, align: 'center' });
    }
  }
}

/** The height in pixels of the lanes at the top, where the sign of a mark would lie on what is in them. */
function lanesAbove(geometry: Geometry, { scale: { lanes, domain } }: Picture): number {
  const above = lanes.filter(({ lane }) => lane !== 'zero').map(({ from }) => from);
  return above.length === 0 ? 0 : geometry.y(Math.min(...above)) - geometry.y(domain[1]);
}

/** Where the curve of a mark's layer is at its step; null where there is none. */
function heightOf(geometry: Geometry, { curves, scale }: Picture, { step, layer }: Mark): number | null {
  const curve = layer === null ? undefined : curves[layer - 1];
  const value = curve?.series.values[nearestIndex(curve, step)];
  const place = value === undefined || curve === undefined ? null : scale.place(value * curve.factor);
  return place === null ? null : geometry.y(place);
}
