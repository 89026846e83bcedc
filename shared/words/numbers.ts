/** Numbers as people read them, through Intl: steps, shares, speeds with four significant digits, ratios of speeds. */
import type { Language } from '../protocol/state.ts';

const formats = new Map<string, Intl.NumberFormat>();

function format(language: Language, name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${name}`;
  const made = formats.get(key) ?? new Intl.NumberFormat(language, options);
  formats.set(key, made);
  return made;
}

const superscripts: Readonly<Record<string, string>> = {
  '-': '⁻',
  0: '⁰',
  1: '¹',
  2: '²',
  3: '³',
  4: '⁴',
  5: '⁵',
  6: '⁶',
  7: '⁷',
  8: '⁸',
  9: '⁹',
};

/** Writes a whole number as an exponent: -3 as ⁻³. */
const superscript = (exponent: number): string =>
  [...String(exponent)].map((character) => superscripts[character] ?? character).join('');

/** Writes a power of ten: 10⁻³. */
export const powerOfTen = (exponent: number): string => `10${superscript(exponent)}`;

export const wholeNumber = (value: number, language: Language): string =>
  format(language, 'whole', { maximumFractionDigits: 0 }).format(value);

/** Writes a step as the counter does, six digits at least: 000,213. */
export const counter = (step: number, language: Language): string =>
  format(language, 'counter', { minimumIntegerDigits: 6, maximumFractionDigits: 0 }).format(step);

/** Writes a setting without noise: 0.1, 0.00001, 1,000. */
export const plainNumber = (value: number, language: Language): string =>
  format(language, 'plain', { maximumSignificantDigits: 12 }).format(value);

export const percent = (share: number, language: Language, digits = 1): string =>
  Number.isFinite(share)
    ? format(language, `percent${digits}`, {
        style: 'percent',
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(share)
    : special(share);

/** Writes a share of any size as a percentage with two significant digits: 2.4%, 0.031%, 4.1 × 10⁻⁷%. */
export function percentOf(share: number, language: Language): string {
  if (!Number.isFinite(share) || share === 0) return share === 0 ? '0%' : special(share);
  if (share >= 1e-6) return format(language, 'share', { style: 'percent', maximumSignificantDigits: 2 }).format(share);
  const [mantissa = '', exponent = '0'] = (share * 100).toExponential(1).split('e');
  return `${mantissa} × ${powerOfTen(Number(exponent))}%`;
}

/** Writes a value at an axis, short whatever its size: 500, 20K, 2 × 10³⁰. */
export function axisNumber(value: number, language: Language): string {
  if (Math.abs(value) < 10_000) return plainNumber(value, language);
  const short = { notation: 'compact', maximumSignificantDigits: 2 } as const;
  if (Math.abs(value) < 1e9) return format(language, 'short', short).format(value);
  const [mantissa = '', exponent = '0'] = value.toExponential(0).split('e');
  return mantissa === '1' ? powerOfTen(Number(exponent)) : `${mantissa}·${powerOfTen(Number(exponent))}`;
}

/** Writes a large count in words: 113 billion, 1130亿; beyond what words can carry, 2.1 × 10²⁰. */
export function inWords(value: number, language: Language): string {
  if (value >= 1e15 && Number.isFinite(value)) {
    const [mantissa = '', exponent = '0'] = value.toExponential(1).split('e');
    return `${mantissa}\u00a0×\u00a0${powerOfTen(Number(exponent))}`;
  }
  const options = { notation: 'compact', compactDisplay: 'long', maximumSignificantDigits: 3 } as const;
  return format(language, 'words', options).format(value);
}

const special = (value: number): string => (Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞');

/** Writes a measured value with four significant digits, so that thinned and full values read alike. */
export function measured(value: number, language: Language): string {
  if (!Number.isFinite(value)) return special(value);
  if (value === 0) return '0';
  const size = Math.abs(value);
  const four = { minimumSignificantDigits: 4, maximumSignificantDigits: 4 };
  if (size >= 0.000995 && size < 99_995) return format(language, 'four', four).format(value);
  const [mantissa = '', exponent = '0'] = value.toExponential(3).split('e');
  return `${format(language, 'four', four).format(Number(mantissa))} × ${powerOfTen(Number(exponent))}`;
}

/** The value as the test hooks carry it: four significant digits, what is not finite by its name. */
export const exactly = (value: number): string => (Number.isFinite(value) ? value.toPrecision(4) : String(value));

/** Writes how many times: one decimal below 10, whole up to a million, then in words. */
export function times(ratio: number, language: Language): string {
  if (ratio < 9.95)
    return format(language, 'times', { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(ratio);
  return ratio < 999_999.5 ? wholeNumber(ratio, language) : inWords(ratio, language);
}

/** A time that was estimated, rounded to what an estimate is worth. */
export type RoughTime = { readonly unit: 'less' | 'seconds' | 'minutes' | 'hours'; readonly count: number };

/** Rounds a time: seconds up to ten, then in fives; minutes and hours in halves up to ten. */
export function roughTime(seconds: number): RoughTime {
  if (seconds < 0.95) return { unit: 'less', count: 1 };
  if (seconds < 9.5) return { unit: 'seconds', count: Math.round(seconds) };
  if (seconds < 57.5) return { unit: 'seconds', count: 5 * Math.round(seconds / 5) };
  const halves = (count: number): number => (count < 9.75 ? Math.round(2 * count) / 2 : Math.round(count));
  const minutes = halves(seconds / 60);
  return minutes < 60 ? { unit: 'minutes', count: minutes } : { unit: 'hours', count: halves(seconds / 3600) };
}

/** Writes the speed of a layer relative to that of the last: 1, 1/118, 2.4; too small a fraction as a power of ten. */
export function relativeSpeed(speed: number, last: number, language: Language): string {
  if (!Number.isFinite(speed)) return special(speed);
  if (speed === 0) return '0';
  if (!Number.isFinite(last) || last === 0) return '–';
  const share = speed / last;
  if (share > 0.95 && share < 1.05) return '1';
  if (share >= 1.05) return share < 99_999 ? times(share, language) : powerOfTen(Math.round(Math.log10(share)));
  return share > 1e-5 ? `1/${times(1 / share, language)}` : `1/${powerOfTen(Math.round(-Math.log10(share)))}`;
}

/** Writes a factor with two decimals, or with two significant digits where it is smaller: 1.05, 0.23, 0.034. */
export function factorNumber(value: number, language: Language): string {
  if (!Number.isFinite(value) || value === 0) return value === 0 ? '0' : special(value);
  const size = Math.abs(value);
  if (size >= 0.095 && size < 99.95) {
    return format(language, 'factor', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
  }
  if (size >= 0.00095 && size < 99_950) {
    return format(language, 'small factor', { maximumSignificantDigits: size < 1 ? 2 : 3 }).format(value);
  }
  const [mantissa = '', exponent = '0'] = value.toExponential(1).split('e');
  return `${mantissa} × ${powerOfTen(Number(exponent))}`;
}
