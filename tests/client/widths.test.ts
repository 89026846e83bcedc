import { describe, expect, it } from 'vitest';
import { typedList, typedWidths, writtenWidths } from '../../client/panels/widths.ts';
import { judged } from '../../client/panels/draft.ts';
import { configured } from '../core/networks.ts';

describe('widths as people type them', () => {
  it.each([
    ['30, 20, 10', [30, 20, 10]],
    ['30 20 10', [30, 20, 10]],
    ['30，20、10', [30, 20, 10]],
    ['30·20·10', [30, 20, 10]],
    ['30, 20,', [30, 20]],
    ['3×50', [50, 50, 50]],
    ['2 x 8', [8, 8]],
    ['100', [100, 100, 100, 100]],
    ['100,', [100, 100, 100, 100]],
    ['', ['', '', '', '']],
    ['wide', ['wide', 'wide', 'wide', 'wide']],
  ])('%j are %j in a network of four hidden layers', (text, widths) => {
    expect(typedWidths(text, 4)).toEqual(widths);
  });

  it('are written as they would be typed, so that reading gives them back', () => {
    for (const widths of [[30], [30, 30], [30, 20], [5, 5, 6]]) {
      expect(typedWidths(writtenWidths(widths), widths.length)).toEqual(widths);
    }
    expect(writtenWidths([30, 30, 30])).toBe('30');
  });

  it('are refused at their layer where they are none', () => {
    const refusal = (text: string): string | null => {
      const parsed = judged(configured({ hidden: [30, 30] }), { hidden: typedWidths(text, 2) });
      return parsed.ok ? null : parsed.error.path;
    };
    expect(refusal('30, 20, 10')).toBe(null);
    expect(refusal('30, 0, 10')).toBe('hidden.1');
    expect(refusal('30, 20, many')).toBe('hidden.2');
    expect(refusal('1,024')).toBe('hidden.1');
    expect(refusal('2000')).toBe('hidden.0');
    expect(refusal('65×3')).toBe('hidden');
    expect(refusal('')).toBe('hidden.0');
  });

  it('may be no list at all', () => {
    expect(typedList(' ')).toEqual([]);
    expect(typedList('1, 3')).toEqual([1, 3]);
  });
});
