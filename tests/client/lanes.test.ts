/** Lanes over the steps: every layer keeps to its own, half off is drawn neutrally, and only dead neurons warn. */
import { describe, expect, it } from 'vitest';
import { geometryOf } from '../../client/plots/frame-painter.ts';
import { svgSheet } from '../../client/plots/sheet/svg-sheet.ts';
import { type LanesPicture, paintLanes, placeInLane } from '../../client/plots/why/lanes-painter.ts';
import { rangeOf } from '../../client/plots/why/range.ts';
import { xAxisOf } from '../../client/plots/x-axis.ts';
import { Series } from '../../client/room/series.ts';
import { layerColours, paletteOf } from '../../client/theme.ts';

const palette = paletteOf('light');

function seriesOf(...values: readonly number[]) {
  const series = new Series();
  values.forEach((value, step) => series.put(step, value, true));
  return { series, count: series.length, factor: 1 };
}

function painted(lanes: LanesPicture['lanes'], change: Partial<LanesPicture> = {}): string {
  const axis = xAxisOf({ whole: [0, 10], zoom: null, kind: 'linear', least: 1, mostTicks: 5, format: String });
  const sheet = svgSheet({ width: 500, height: 200 }, 'sans-serif', (text, size) => text.length * size * 0.5);
  const area = { left: 40, top: 0, width: 400, height: 200 };
  const geometry = geometryOf(area, { x: axis, y: { domain: [0, lanes.length], ticks: [] } });
  paintLanes(sheet, geometry, palette, {
    kind: 'share',
    halfIsUsual: false,
    lanes,
    range: [0, 1],
    axis,
    unit: { valueOf: (step) => step, stepOf: (value) => value },
    colours: layerColours('light', lanes.length),
    fontSize: 12,
    labelOf: (first, second) => `${first} ${second}`,
    ...change,
  });
  return sheet.markup('t');
}
const strokes = (markup: string): string[] =>
  [...markup.matchAll(/<path [^>]*fill="none" stroke="(#\w+)"/g)].map(([, colour]) => colour ?? '');

describe('lanes', () => {
  it('keep every value within the lane of its layer', () => {
    for (const value of [-1, 0, 0.5, 1, 7]) {
      expect(placeInLane(3, value, [0, 1])).toBeGreaterThanOrEqual(2);
      expect(placeInLane(3, value, [0, 1])).toBeLessThan(3);
    }
  });

  it('have the colours of their layers, and say what they have come to', () => {
    const none = seriesOf(0, 0, 0);
    const markup = painted([
      [seriesOf(0, 0.1, 0.2), none],
      [seriesOf(0, 0.3, 0.4), none],
    ]);
    expect(strokes(markup)).toEqual(layerColours('light', 2));
    expect([...markup.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text)).toEqual(['0.2 0', '0.4 0']);
    expect(markup).not.toContain(palette.warn);
  });

  it('are neutral where half off is the rule, and warn of what is dead', () => {
    const usual = painted([[seriesOf(0.5, 0.5, 0.5), seriesOf(0, 0, 0)]], { halfIsUsual: true });
    expect(strokes(usual)).toEqual([palette.line, palette.soft]);
    expect(usual).not.toContain(palette.warn);
    const dead = painted([[seriesOf(0.5, 0.5, 0.5), seriesOf(0, 0.2, 0.2)]], { halfIsUsual: true });
    expect(strokes(dead)).toContain(palette.warn);
  });

  it('show outputs between the values that the activation can have, or that have been seen', () => {
    const lanes = [[seriesOf(1, 2), seriesOf(0.5, 1)] as const];
    expect(rangeOf({ activation: 'sigmoid', residual: false }, lanes)).toEqual([0, 1]);
    expect(rangeOf({ activation: 'tanh', residual: false }, lanes)).toEqual([-1, 1]);
    expect(rangeOf({ activation: 'relu', residual: false }, lanes)).toEqual([0.5, 3]);
    expect(rangeOf({ activation: 'tanh', residual: true }, lanes)).toEqual([0.5, 3]);
    const mean = { ...seriesOf(1, 2), count: 1 };
    expect(rangeOf({ activation: 'relu', residual: false }, [[mean, seriesOf(0, 0)]])).toEqual([0, 2]);
    expect(rangeOf({ activation: 'relu', residual: false }, [])).toEqual([0, 1]);
  });
});
