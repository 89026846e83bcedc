/**
 * Colour arithmetic: OKLCH, in which equal steps look equal, to what a canvas and a style sheet take, and the contrast
 * of two colours. Which colours the page uses is decided in client/theme.ts, but for those that the report has as well.
 */

export type Oklch = { readonly lightness: number; readonly chroma: number; readonly hue: number };

const hexadecimal = (channel: number): string =>
  Math.round(channel * 255)
    .toString(16)
    .padStart(2, '0');

const encode = (linear: number): number => (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055);
const decode = (channel: number): number => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);

/** Linear sRGB of a colour; outside 0..1 where no screen can show it (matrices of Ottosson 2020). */
function linearOf({ lightness, chroma, hue }: Oklch): [number, number, number] {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** Writes a colour as #rrggbb; a chroma that no screen can show is lowered until one can, lightness and hue kept. */
export function hexOf(colour: Oklch): string {
  let chroma = colour.chroma;
  let linear = linearOf(colour);
  while (chroma > 0 && linear.some((channel) => channel < -0.0005 || channel > 1.0005)) {
    chroma = Math.max(0, chroma - 0.005);
    linear = linearOf({ ...colour, chroma });
  }
  return `#${linear.map((channel) => hexadecimal(encode(Math.min(1, Math.max(0, channel))))).join('')}`;
}

/** Relative luminance of a #rrggbb colour as WCAG 2 defines it. */
export function luminance(hex: string): number {
  const channel = (at: number): number => decode(Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** Contrast of two #rrggbb colours as WCAG 2 defines it, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

/** Spaces `count` colours evenly from one to another; a single one is the last. */
export function scaleOf(first: Oklch, last: Oklch, count: number): string[] {
  const between = (from: number, to: number, share: number): number => from + (to - from) * share;
  return Array.from({ length: count }, (_, index) => {
    const share = count === 1 ? 1 : index / (count - 1);
    return hexOf({
      lightness: between(first.lightness, last.lightness, share),
      chroma: between(first.chroma, last.chroma, share),
      hue: between(first.hue, last.hue, share),
    });
  });
}

/** The ends of the scale of layers on a white ground: dark violet for the first hidden layer, green for the last. */
export const layersOnWhite = {
  first: { lightness: 0.32, chroma: 0.15, hue: 305 },
  last: { lightness: 0.64, chroma: 0.17, hue: 142 },
} as const satisfies Record<string, Oklch>;
