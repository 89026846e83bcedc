import { describe, expect, it } from 'vitest';
import { contrast, hexOf, luminance } from '../../shared/drawing/colours.ts';
import { layerColours, paletteOf } from '../../client/theme.ts';

const schemes = ['light', 'dark'] as const;

describe('colour arithmetic', () => {
  it('agrees with known colours and contrasts', () => {
    expect(hexOf({ lightness: 1, chroma: 0, hue: 0 })).toBe('#ffffff');
    expect(hexOf({ lightness: 0, chroma: 0, hue: 0 })).toBe('#000000');
    expect(hexOf({ lightness: 0.628, chroma: 0.2577, hue: 29.23 })).toBe('#ff0000');
    expect(contrast('#ffffff', '#000000')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
});

describe.each(schemes)('the %s colours', (scheme) => {
  const palette = paletteOf(scheme);

  it('of layers stand out from the plot, at any depth', () => {
    for (const depth of [1, 2, 3, 4, 6, 10, 25, 64]) {
      for (const [index, colour] of layerColours(scheme, depth).entries()) {
        expect(contrast(colour, palette.plot), `layer ${index + 1} of ${depth}`).toBeGreaterThanOrEqual(3);
      }
    }
  });

  it('of layers become steadily lighter from the first to the last, so that they differ in grey', () => {
    for (const depth of [2, 4, 8]) {
      const greys = layerColours(scheme, depth).map(luminance);
      for (let index = 1; index < depth; index++) expect(greys[index]).toBeGreaterThan(greys[index - 1] ?? 1);
    }
  });

  it('of runs and lines reach 3, of text 4.5, on every surface they stand on', () => {
    for (const colour of palette.runs) expect(contrast(colour, palette.panel), colour).toBeGreaterThanOrEqual(3);
    for (const surface of [palette.page, palette.panel, palette.raised, palette.plot]) {
      for (const text of [palette.ink, palette.soft, palette.good, palette.warn, palette.bad, palette.accent]) {
        expect(contrast(text, surface), `${text} on ${surface}`).toBeGreaterThanOrEqual(4.5);
      }
    }
    expect(contrast(palette.accentInk, palette.accent)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.warn, palette.warnWash)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.ink, palette.accentWash)).toBeGreaterThanOrEqual(4.5);
  });
});
