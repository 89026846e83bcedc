/** Paints the frame of a plot where there is no chart to draw it: in exports and in small pictures. */
import { type PlotFrame, roomAbove, roomBelow } from './frame.ts';
import type { Geometry } from './geometry.ts';
import { type Area, line, type Sheet } from './sheet/sheet.ts';

export type FrameColours = {
  readonly grid: string;
  readonly line: string;
  readonly soft: string;
  readonly raised: string;
};

/** Returns the area of the curves within a picture: what the chart on the page leaves for them too. */
const areaWithin = (box: Area, frame: PlotFrame): Area => ({
  left: box.left + frame.left,
  top: box.top + roomAbove(frame),
  width: Math.max(1, box.width - frame.left - frame.right),
  height: Math.max(1, box.height - 2 - roomAbove(frame) - roomBelow(frame)),
});

/** Says where places of a frame are in an area. */
export function geometryOf(area: Area, { x, y }: Pick<PlotFrame, 'x' | 'y'>): Geometry {
  const [x0, x1] = x.domain;
  const [y0, y1] = y.domain;
  const across = area.width / (x1 - x0 || 1);
  const down = area.height / (y1 - y0 || 1);
  return {
    ...area,
    x: (place) => area.left + (place - x0) * across,
    y: (place) => area.top + (y1 - place) * down,
    xInverse: (pixel) => x0 + (pixel - area.left) / across,
  };
}

/** Paints axes, grid and lanes of a frame into a box and returns where its places are. */
export function paintFrame(sheet: Sheet, box: Area, frame: PlotFrame, colours: FrameColours): Geometry {
  const area = areaWithin(box, frame);
  const geometry = geometryOf(area, frame);
  const [right, bottom] = [area.left + area.width, area.top + area.height];
  for (const { from, to } of frame.lanes) {
    const top = geometry.y(to);
    sheet.rect({ ...area, top, height: geometry.y(from) - top }, colours.raised, 0.7);
  }
  const inBook = frame.look === 'book';
  const grid = { colour: inBook ? colours.soft : colours.grid, width: 1, ...(inBook ? { dash: [1, 3] } : {}) };
  const letters = { colour: colours.soft, size: frame.fontSize };
  for (const { at, label } of frame.y.ticks) {
    const y = geometry.y(at);
    line(sheet, [area.left, y, right, y], grid);
    sheet.text(area.left - 8, y, label, { ...letters, align: 'right' });
  }
  for (const { at, label } of frame.x.ticks) {
    const x = geometry.x(at);
    if (inBook) line(sheet, [x, area.top, x, bottom], grid);
    else line(sheet, [x, bottom, x, bottom + 6], { colour: colours.line, width: 1 });
    sheet.text(x, bottom + 8 + frame.fontSize * 0.45, label, { ...letters, align: 'center' });
  }
  const edge = { colour: inBook ? colours.soft : colours.line, width: 1 };
  line(sheet, [area.left, bottom, right, bottom], edge);
  line(sheet, [area.left, area.top, area.left, bottom], edge);
  if (inBook) {
    line(sheet, [area.left, area.top, right, area.top], edge);
    line(sheet, [right, area.top, right, bottom], edge);
  }
  return geometry;
}

/** Writes what runs along the horizontal axis; on the page too, where the chart has no place for it. */
export function paintAxisTitle(sheet: Sheet, geometry: Geometry, frame: PlotFrame, colour: string): void {
  const { xTitle, fontSize, look } = frame;
  if (xTitle === undefined) return;
  const { left, top, width, height } = geometry;
  const below = top + height + 8 + fontSize * 0.45;
  const letters = { colour, size: fontSize };
  if (look === 'book') sheet.text(left + width / 2, below + fontSize * 1.4, xTitle, { ...letters, align: 'center' });
  else sheet.text(left + width + fontSize * 2.2, below, xTitle, letters);
}
