/** The home view on a sheet: what is drawn of each layer, and where. */
import { describe, expect, it } from 'vitest';
import { emptyExtent, widened } from '../../shared/drawing/decades.ts';
import { geometryOf } from '../../client/plots/frame-painter.ts';
import { type LayersPicture, paintLayers } from '../../client/plots/layers/layers-painter.ts';
import { Smoother } from '../../client/plots/smoothing.ts';
import { svgSheet } from '../../client/plots/sheet/svg-sheet.ts';
import { logScale } from '../../client/plots/value-scale.ts';
import { xAxisOf } from '../../client/plots/x-axis.ts';
import { Series } from '../../client/room/series.ts';
import { layerColours, paletteOf } from '../../client/theme.ts';

const STEPS = 100;

/** Layers whose speeds are decades apart. */
function painted(layers: number, change: Partial<LayersPicture> = {}): string {
  const curves = Array.from({ length: layers }, (_, index) => {
    const series = new Series();
    for (let step = 0; step <= STEPS; step++)
      series.put(step, 10 ** (index + 1 - layers) * (step % 2 === 0 ? 1 : 0.5), true);
    return { series, count: series.length, factor: 1 };
  });
  const scale = logScale(widened(emptyExtent, [1, 10 ** (1 - layers) / 2], 0, 2));
  const axis = xAxisOf({ whole: [0, STEPS], zoom: null, kind: 'linear', least: 1, mostTicks: 5, format: String });
  const sheet = svgSheet({ width: 700, height: 300 }, 'sans-serif', (text, size) => text.length * size * 0.6);
  const geometry = geometryOf({ left: 40, top: 10, width: 500, height: 260 }, { x: axis, y: scale });
  paintLayers(sheet, geometry, paletteOf('light'), {
    curves,
    axis,
    scale,
    unit: { valueOf: (step) => step, stepOf: (value) => value },
    colours: layerColours('light', layers),
    fontSize: 13,
    lineWidth: 2,
    smoothing: null,
    theory: [],
    theoryLabel: 'theory',
    marks: [],
    legend: null,
    pointed: null,
    labelOf: (layer, value, last) => [`layer ${layer}`, (value / last).toExponential(0)],
    ...change,
  });
  return sheet.markup('t');
}
const texts = (markup: string): string[] => [...markup.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text ?? '');
const linesOf = (markup: string, width: number) =>
  [...markup.matchAll(/<path d="([^"]+)" fill="none" stroke="(#\w+)" stroke-width="([\d.]+)"/g)].filter(
    ([, , , its]) => Number(its) === width,
  );

describe('the home view', () => {
  it('has a line for each layer in its colour, and the ratio to the last layer at its end', () => {
    const markup = painted(4);
    expect(linesOf(markup, 2).map(([, , colour]) => colour)).toEqual(layerColours('light', 4));
    expect(texts(markup)).toEqual(['layer 1', '1e-3', 'layer 2', '1e-2', 'layer 3', '1e-1', 'layer 4', '1e+0']);
  });

  it('stays readable with 64 layers: only the ends and the one pointed at are named', () => {
    expect(texts(painted(64)).filter((text) => text.startsWith('layer'))).toEqual(['layer 1', 'layer 64']);
    const pointed = painted(64, { pointed: 20 });
    expect(texts(pointed).filter((text) => text.startsWith('layer'))).toEqual(['layer 1', 'layer 20', 'layer 64']);
    expect(linesOf(pointed, 3.2)).toHaveLength(1);
    expect(pointed.match(/opacity="0.35"/g)).toHaveLength(63);
  });

  it('shows what was measured as a shadow behind its average, and the ratio of what was measured', () => {
    const markup = painted(2, { smoothing: { smoother: new Smoother(), weight: 0.9, unit: 1, scale: 'log' } });
    expect(markup.match(/opacity="0.3"/g)).toHaveLength(2);
    const [raw, average] = [linesOf(painted(2), 2)[0]?.[1] ?? '', linesOf(markup, 2)[0]?.[1] ?? ''];
    const heights = (path: string): number[] => [...path.matchAll(/[ML]\S+ ([\d.]+)/g)].map(([, y]) => Number(y));
    const swing = (path: string): number => Math.max(...heights(path).slice(60)) - Math.min(...heights(path).slice(60));
    expect(swing(average)).toBeLessThan(swing(raw) / 4);
    expect(texts(markup)).toEqual(texts(painted(2)));
  });

  it('draws what theory predicts dashed, and only where it is given', () => {
    expect(painted(3)).not.toContain('stroke-dasharray');
    expect(texts(painted(3))).not.toContain('theory');
    const markup = painted(3, { theory: [0.01, null, 1] });
    expect(markup.match(/stroke-dasharray="6 5"/g)).toHaveLength(2);
    expect(texts(markup).filter((text) => text === 'theory')).toHaveLength(1);
  });

  it('hangs events from the top at their step, and sets notes on the curve of their layer', () => {
    const markup = painted(2, {
      marks: [
        { kind: 'event', step: 50, layer: null, sign: 'NaN' },
        { kind: 'note', step: 20, layer: 2, sign: '7' },
      ],
    });
    expect(markup).toContain('d="M290 10L290 270"');
    expect(markup).toMatch(/<circle cx="140" cy="[\d.]+" r="[\d.]+" fill="#3452ac"/);
    expect(texts(markup)).toEqual(expect.arrayContaining(['NaN', '7']));
  });

  it('has the book’s legend instead of labels where it is asked to look like that', () => {
    const markup = painted(3, { legend: (layer) => `Hidden layer ${layer}` });
    expect(texts(markup)).toEqual(['Hidden layer 1', 'Hidden layer 2', 'Hidden layer 3']);
  });
});
