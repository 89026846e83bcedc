/** What leaves the page: an SVG of what is painted, tidy CSV, and lines of text that fit. */
import { describe, expect, it } from 'vitest';
import { csvOf } from '../../client/plots/card/csv.ts';
import { brokenInto } from '../../client/plots/card/export.ts';
import { paintCurve } from '../../client/plots/curve.ts';
import { emptyExtent, widened } from '../../shared/drawing/decades.ts';
import { geometryOf, paintFrame } from '../../client/plots/frame-painter.ts';
import { svgSheet } from '../../client/plots/sheet/svg-sheet.ts';
import { linearScale, logScale, movingScale } from '../../client/plots/value-scale.ts';
import { xAxisOf } from '../../client/plots/x-axis.ts';

const sheetOf = () => svgSheet({ width: 400, height: 200 }, 'sans-serif', (text, size) => text.length * size * 0.5);
const area = { left: 50, top: 10, width: 300, height: 150 };
const axis = xAxisOf({ whole: [0, 30], zoom: null, kind: 'linear', least: 1, mostTicks: 4, format: String });
const extentOf = (...values: number[]) => widened(emptyExtent, values, 0, values.length);

function painted(values: readonly number[]): string {
  const scale = logScale(extentOf(...values));
  const sheet = sheetOf();
  paintCurve(sheet, geometryOf(area, { x: axis, y: scale }), axis, scale, {
    steps: Float64Array.from(values, (_, index) => index * 10),
    values: Float64Array.from(values),
    count: values.length,
    stroke: { colour: '#123456', width: 2 },
    valueOf: (step) => step,
  });
  return sheet.markup('t');
}

describe('a curve on a sheet', () => {
  it('goes from point to point at the heights of their decades', () => {
    expect(painted([1, 0.1, 0.01])).toContain('d="M50 10L150 85L250 160"');
  });

  it('is not joined to a lane, and a point that stands alone is a dot', () => {
    const markup = painted([1, 0, 0.01]);
    expect(markup).toContain('d="M50 10M150 ');
    expect(markup.match(/<circle/g)).toHaveLength(3);
  });
});

describe('an SVG', () => {
  it('has the frame with its labels, and says what it is', () => {
    const sheet = sheetOf();
    const scale = logScale(extentOf(1, 0.001, 0));
    const frame = { x: axis, y: scale, lanes: scale.lanes, fontSize: 12, left: 40, right: 60, look: 'lab' } as const;
    const colours = { grid: '#eee', line: '#ccc', soft: '#666', raised: '#ddd' };
    const geometry = paintFrame(sheet, { left: 0, top: 0, width: 400, height: 200 }, frame, colours);
    expect([geometry.left, geometry.width, geometry.x(30)]).toEqual([40, 300, 340]);
    expect(geometry.xInverse(geometry.x(12))).toBeCloseTo(12);
    const markup = sheet.markup('Layer <1> & "2"');
    expect(markup).toContain('<title>Layer &lt;1&gt; &amp; &quot;2&quot;</title>');
    for (const label of ['10⁻²', '10⁰', '>0<', '>30<']) expect(markup).toContain(label);
    expect(markup.match(/<(\w+)/g)?.filter((tag) => tag === '<svg')).toHaveLength(1);
  });

  it('shows nothing outside of what is cut out', () => {
    const sheet = sheetOf();
    sheet.clipped(area, () => sheet.dot(0, 0, 3, 'red'));
    sheet.clipped(area, () => sheet.dot(1, 1, 3, 'red'));
    expect(sheet.markup('t')).toMatch(/id="clip-1".*url\(#clip-1\).*<circle.*<\/g>.*id="clip-2".*url\(#clip-2\)/);
  });
});

describe('the vertical axis', () => {
  it('has a lane for what has no place, on even steps too, where zero is a place', () => {
    const scale = linearScale(extentOf(0.3, 0, Number.NaN), 'en', 4);
    expect([scale.place(0), scale.place(0.15), scale.kind(0)]).toEqual([0, 0.15, 'number']);
    expect(scale.place(Number.NaN)).toBeGreaterThan(0.3);
    expect(scale.place(Infinity)).toBeNull();
  });

  it('moves from even steps to powers of ten, and what lay on zero moves apart', () => {
    const values = extentOf(0.2, 0.0002);
    const [even, decades] = [linearScale(values, 'en', 4), logScale(values)];
    const at = (share: number, value: number): number => movingScale(even, decades, share).place(value) ?? -1;
    expect(at(0, 0.0002)).toBeLessThan(0.01);
    expect(at(0.5, 0.0002)).toBeLessThan(at(0.5, 0.002));
    expect(at(1, 0.02) - at(1, 0.002)).toBeCloseTo(at(1, 0.002) - at(1, 0.0002));
    expect(movingScale(even, decades, 0).ticks.length).toBeLessThan(movingScale(even, decades, 1).ticks.length);
  });
});

describe('what is written', () => {
  it('is tidy CSV as the contract has it, with the run first where there are several', () => {
    const row = { step: 5, epoch: 1, layer: 2, metric: 'speed', value: Number.NaN };
    expect(csvOf([row, { ...row, layer: null, metric: 'cost', value: 0.25 }])).toBe(
      'step,epoch,layer,metric,value\n5,1,2,speed,NaN\n5,1,,cost,0.25\n',
    );
    expect(csvOf([{ ...row, run: 'B, "deep"' }])).toBe(
      'run,step,epoch,layer,metric,value\n"B, ""deep""",5,1,2,speed,NaN\n',
    );
  });

  it('is broken between words, and anywhere in Chinese', () => {
    const wide = (text: string): number => text.length;
    expect(brokenInto('layer 1 learns slower', 8, wide)).toEqual(['layer 1', 'learns', 'slower']);
    expect(brokenInto('第一层学得慢', 4, wide)).toEqual(['第一层学', '得慢']);
    expect(brokenInto('', 4, wide)).toEqual([]);
  });
});
