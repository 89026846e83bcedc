import { describe, expect, it } from 'vitest';
import { counter, exactly, inWords, measured, percent, powerOfTen, relativeSpeed } from '../../shared/words/numbers.ts';

describe('numbers as people read them', () => {
  it('give measured values four significant digits, small ones as a power of ten', () => {
    expect(measured(0.00298, 'en')).toBe('0.002980');
    expect(measured(3.246, 'en')).toBe('3.246');
    expect(measured(0.000013579, 'en')).toBe('1.358 × 10⁻⁵');
    expect(measured(0, 'en')).toBe('0');
    expect(measured(Number.NaN, 'zh-CN')).toBe('NaN');
    expect(measured(Infinity, 'en')).toBe('∞');
    expect(measured(1234, 'en')).toBe('1,234');
  });

  it('read alike whether a value came in full or rounded to four digits', () => {
    for (const value of [0.123456789, 0.00099996, 99_994.7, 5.00049, 1e-9]) {
      const rounded = Number(value.toPrecision(4));
      expect(measured(rounded, 'en')).toBe(measured(value, 'en'));
      expect(exactly(rounded)).toBe(exactly(value));
    }
  });

  it('write relative speeds as fractions of the last layer', () => {
    expect(relativeSpeed(1, 1, 'en')).toBe('1');
    expect(relativeSpeed(1, 118, 'en')).toBe('1/118');
    expect(relativeSpeed(1, 4.7, 'en')).toBe('1/4.7');
    expect(relativeSpeed(2.4, 1, 'en')).toBe('2.4');
    expect(relativeSpeed(1, 1e9, 'en')).toBe('1/10⁹');
    expect(relativeSpeed(0, 1, 'en')).toBe('0');
    expect(relativeSpeed(Number.NaN, 1, 'en')).toBe('NaN');
    expect(relativeSpeed(1, 0, 'en')).toBe('–');
  });

  it('pad the counter, write shares and large counts', () => {
    expect(counter(213, 'en')).toBe('000,213');
    expect(counter(1_234_567, 'zh-CN')).toBe('1,234,567');
    expect(percent(0.117, 'en')).toBe('11.7%');
    expect(inWords(112.6e9, 'en')).toBe('113 billion');
    expect(inWords(112.6e9, 'zh-CN')).toBe('1130亿');
    expect(powerOfTen(-12)).toBe('10⁻¹²');
  });
});
