/** The factors of the gradient's way back: they add up, in numbers and as bars, to the ratio of neighbouring layers. */
import { describe, expect, it, test } from 'vitest';
import { paintFactors, factorDomain, factorTicks, layFactors } from '../../client/plots/why/factors-painter.ts';
import { barsOf, type Factor, factorsUpTo, ratioOf, typicalOf } from '../../client/plots/why/factors.ts';
import { svgSheet } from '../../client/plots/sheet/svg-sheet.ts';
import { RunFrames } from '../../client/room/run-frames.ts';
import { paletteOf } from '../../client/theme.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { createRun } from '../../shared/core/run.ts';
import { measurementLine } from '../../shared/protocol/measurements.ts';
import { configured, imagesOf, trained } from '../core/networks.ts';

/** What a page has received of a run that was trained. */
function framesOf(input: object): RunFrames {
  const configuration = configured({ hidden: [8, 6, 5], epochs: 3, measureEvery: 1, batchSize: 20, ...input });
  const frames = new RunFrames();
  for (const measurement of trained(createRun(configuration, imagesOf(configuration), referenceKernels)))
    frames.putFull(JSON.parse(measurementLine(measurement)));
  return frames;
}

const factorOf = (change: Partial<Factor> = {}): Factor => ({
  layer: 1,
  weights: 1.05,
  slope: 0.23,
  slopeRms: 0.22,
  here: 0.2415,
  after: 1,
  ...change,
});

describe('the factors of a run that was trained', () => {
  test.each([
    ['sigmoid', {}],
    ['relu', { activation: 'relu' }],
    ['with normalization', { normalization: 'batch' }],
    ['with skip connections', { hidden: [6, 6, 6], residual: true, activation: 'tanh' }],
  ])('add up in powers of ten to the ratio of neighbouring layers: %s', (_name, input) => {
    const frames = framesOf(input);
    for (const step of [0, 1, 5, 9]) {
      const found = factorsUpTo(frames, 3, step);
      expect(found?.step).toBe(step);
      expect(found?.factors).toHaveLength(3);
      for (const factor of found?.factors ?? []) {
        const ratio = factor.here / factor.after;
        expect(ratioOf(factor) / ratio).toBeCloseTo(1, 12);
        expect(barsOf(factor).end).toBeCloseTo(Math.log10(ratio), 12);
      }
    }
  });

  it('are those of the latest step that has been received in full', () => {
    const frames = framesOf({});
    expect(factorsUpTo(frames, 3, 4.5)?.step).toBe(4);
    expect(factorsUpTo(frames, 3, -1)).toBeNull();
    frames.of('weightGain', 1).put(30, 1, true);
    expect(factorsUpTo(frames, 3, 40)?.step).toBe(9);
  });

  it('have a typical one, which repeated does what they do together', () => {
    const factors = [factorOf(), factorOf({ weights: 4, slope: 0.5 }), factorOf({ weights: 0.1, slope: 1 })];
    const together = factors.reduce((product, one) => product * ratioOf(one), 1);
    expect(ratioOf(typicalOf(factors)) ** 3).toBeCloseTo(together, 12);
  });
});

const size = { width: 600, height: 240 };
const area = { left: 0, top: 0, ...size };

function painted(factors: readonly Factor[]): string {
  const sheet = svgSheet(size, 'sans-serif', (text, letters) => text.length * letters * 0.55);
  const words = { weights: 'weights', slope: 'slope', together: 'together' };
  paintFactors(sheet, area, paletteOf('light'), {
    factors,
    chosen: null,
    fontSize: 12,
    words: { ...words, headOf: ({ layer }) => `${layer + 1} to ${layer}`, format: (value) => value.toFixed(2) },
  });
  return sheet.markup('t');
}

describe('the drawing of the factors', () => {
  it('lets the second bar begin where the first one ends, and reach what is passed on', () => {
    const factors = [factorOf(), factorOf({ layer: 2, weights: 0.5, slope: 0.5 })];
    const markup = painted(factors);
    const { plot } = layFactors(area, 2, 12);
    const [low, high] = factorDomain(factors);
    const y = (value: number): number => plot.top + ((high - Math.log10(value)) / (high - low)) * plot.height;
    const bars = [...markup.matchAll(/<rect x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)" fill="(#\w+)"/g)];
    const blue = bars.filter(([, , , colour]) => colour === paletteOf('light').accent).slice(1);
    const slopes = bars.filter(([, , , colour]) => colour === paletteOf('light').ink).slice(1);
    // From the output: layer 2 first.
    const ends = [[blue[0], 1, 0.5] as const, [slopes[0], 0.5, 0.25] as const, [slopes[1], 1.05, 1.05 * 0.23] as const];
    for (const [bar, from, to] of ends) {
      expect(Number(bar?.[1])).toBeCloseTo(Math.min(y(from), y(to)), 1);
      expect(Number(bar?.[2])).toBeCloseTo(Math.abs(y(from) - y(to)), 1);
    }
    const texts = [...markup.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
    expect(texts).toEqual(expect.arrayContaining(['3 to 2', '2 to 1', '0.25', '0.24', '1.05', '0.23']));
  });

  it('writes what cannot be a length: nothing, and what is not a number', () => {
    expect(painted([factorOf({ slope: 0 })])).toContain('>0.00<');
    expect(painted([factorOf({ weights: Number.NaN })])).toContain('>NaN<');
  });

  it('has room for 64 layers: heads do not run into each other', () => {
    const markup = painted(Array.from({ length: 64 }, (_, index) => factorOf({ layer: index + 1 })));
    const heads = [...markup.matchAll(/<text x="([\d.]+)"[^>]*>(\d+ to \d+)</g)].map(([, x, text]) => {
      const half = ((text ?? '').length * 12 * 0.55) / 2;
      return { from: Number(x) - half, to: Number(x) + half };
    });
    expect(heads.length).toBeGreaterThan(4);
    for (const [index, { from }] of heads.slice(1).entries()) expect(from).toBeGreaterThan(heads[index]?.to ?? 0);
  });

  it('marks round factors, 1 always among them', () => {
    for (const domain of [
      [-0.1, 0.3],
      [-0.9, 0.1],
      [-12, 0.4],
      [-0.1, 40],
    ] as const) {
      const ticks = factorTicks(domain, 6);
      expect(ticks).toContain(1);
      expect(ticks.length).toBeLessThanOrEqual(7);
      for (const tick of ticks) expect(Number(tick.toPrecision(2))).toBe(tick);
    }
  });
});
