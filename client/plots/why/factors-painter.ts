/**
 * Paints the factors: a column for each step of the gradient's way back, in it the bar of the weights, then the bar of the slope
 * from where the first one ends, so that both together reach what the layer passes on.
 */
import type { Palette } from '../../theme.ts';
import { type Area, line, type Sheet } from '../sheet/sheet.ts';
import { barsOf, canSplit, type Factor } from './factors.ts';

export type FactorWords = {
  readonly weights: string;
  readonly slope: string;
  readonly together: string;
  /** The head of a column. */
  readonly headOf: (factor: Factor, short: boolean) => string;
  readonly format: (value: number) => string;
};

export type FactorsPicture = {
  /** Of the hidden layers, first to last; the gradient comes to the last one first. */
  readonly factors: readonly Factor[];
  readonly chosen: number | null;
  readonly fontSize: number;
  readonly words: FactorWords;
};

/** Factors of a decade that are marked, from few to many. */
const roundFactors = [[1], [1, 2, 5], [1, 1.2, 1.5, 2, 3, 5, 7]] as const;

/** Ends of the scale in powers of ten: 1 (that is, 0) is always on it. */
export function factorDomain(factors: readonly Factor[]): readonly [number, number] {
  const ends = factors.filter(canSplit).flatMap((factor) => {
    const { weights, end } = barsOf(factor);
    return [weights, end];
  });
  const [low, high] = [Math.min(-0.1, ...ends), Math.max(0.1, ...ends)];
  // What stands under the lowest bar needs more room than what stands above the highest.
  const wide = high - low;
  return [low - wide * 0.2, high + wide * 0.14];
}

/** Factors that are marked: powers of ten, and others between where there is room. */
export function factorTicks([low, high]: readonly [number, number], most: number): number[] {
  const all = (factors: readonly number[]): number[] => {
    const ticks: number[] = [];
    for (let decade = Math.floor(low); decade <= Math.ceil(high); decade++) {
      for (const factor of factors) ticks.push(Number(`${factor}e${decade}`));
    }
    return ticks.filter((tick) => Math.log10(tick) >= low && Math.log10(tick) <= high);
  };
  const fine = roundFactors.map(all).findLast((ticks) => ticks.length <= most);
  if (fine !== undefined) return fine;
  const coarse = all([1]);
  const every = Math.ceil(coarse.length / most);
  const one = coarse.indexOf(1);
  return coarse.filter((_, index) => (index - one) % every === 0);
}

type Layout = { readonly plot: Area; readonly columns: readonly { readonly layer: number; readonly area: Area }[] };

/** Where the columns are, from the output layer to the first. */
export function layFactors(area: Area, count: number, fontSize: number): Layout {
  const left = area.left + fontSize * 3.6;
  const top = area.top + fontSize * 2.1;
  const plot = {
    left,
    top,
    width: Math.max(1, area.left + area.width - left - 4),
    height: Math.max(1, area.top + area.height - top - fontSize * 2),
  };
  const wide = plot.width / Math.max(1, count);
  const columns = Array.from({ length: count }, (_, index) => ({
    layer: count - index,
    area: { left: left + wide * index, top, width: wide, height: plot.height + fontSize * 2 },
  }));
  return { plot, columns };
}

/** Paints them. */
export function paintFactors(sheet: Sheet, area: Area, palette: Palette, picture: FactorsPicture): void {
  const { factors, chosen, fontSize, words } = picture;
  const { plot, columns } = layFactors(area, factors.length, fontSize);
  const domain = factorDomain(factors);
  const y = (place: number): number => plot.top + ((domain[1] - place) / (domain[1] - domain[0])) * plot.height;
  paintScale(sheet, plot, palette, picture, domain, y);
  paintLegend(sheet, area, palette, picture);
  const wide = plot.width / Math.max(1, factors.length);
  const short = wide < fontSize * 9;
  const heads = columns.map(({ layer }) => {
    const factor = factors[layer - 1];
    return factor === undefined ? '' : words.headOf(factor, short);
  });
  // The first one, from the output layer, is longer than the others and stands by itself.
  const everyHead = Math.ceil((Math.max(0, ...heads.slice(1).map((head) => sheet.widthOf(head, fontSize))) + 8) / wide);
  const firstHead = Math.ceil((sheet.widthOf(heads[0] ?? '', fontSize) + 8) / wide / 2 + everyHead / 2);
  columns.forEach(({ layer, area: column }, index) => {
    const factor = factors[layer - 1];
    if (factor === undefined) return;
    const middle = column.left + column.width / 2;
    if (layer === chosen) sheet.rect({ ...column, height: plot.height }, palette.accentWash, 0.6);
    if (index === 0 || (index >= firstHead && (columns.length - 1 - index) % everyHead === 0)) {
      const head = heads[index] ?? '';
      const half = sheet.widthOf(head, fontSize) / 2;
      const x = Math.min(Math.max(middle, area.left + half), area.left + area.width - half);
      sheet.text(x, plot.top + plot.height + fontSize * 1.1, head, {
        colour: palette.soft,
        size: fontSize,
        align: 'center',
      });
    }
    if (canSplit(factor)) paintColumn(sheet, palette, picture, factor, { middle, wide, y });
    else {
      const text = words.format(factor.weights * factor.slope);
      sheet.text(middle, y(0), text, { colour: palette.warn, size: fontSize * 1.2, weight: 650, align: 'center' });
    }
  });
}

function paintScale(
  sheet: Sheet,
  plot: Area,
  palette: Palette,
  { fontSize, words }: FactorsPicture,
  domain: readonly [number, number],
  y: (place: number) => number,
): void {
  for (const tick of factorTicks(domain, Math.max(2, Math.floor(plot.height / (fontSize * 1.9))))) {
    const at = y(Math.log10(tick));
    const isOne = tick === 1;
    line(sheet, [plot.left, at, plot.left + plot.width, at], { colour: isOne ? palette.soft : palette.grid, width: 1 });
    const letters = { colour: palette.soft, size: fontSize, align: 'right' } as const;
    sheet.text(
      plot.left - 6,
      at,
      `×${words
        .format(tick)
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '')}`,
      letters,
    );
  }
}

type Place = { readonly middle: number; readonly wide: number; readonly y: (place: number) => number };

function paintColumn(
  sheet: Sheet,
  palette: Palette,
  { fontSize, words }: FactorsPicture,
  factor: Factor,
  { middle, wide, y }: Place,
): void {
  const { weights, end } = barsOf(factor);
  const bar = Math.min(fontSize * 2.4, wide * 0.26);
  const gap = Math.min(fontSize * 0.6, wide * 0.05);
  const first = { left: middle - bar - gap / 2, width: bar, ...between(y(0), y(weights)) };
  const second = { left: middle + gap / 2, width: bar, ...between(y(weights), y(end)) };
  sheet.rect(first, palette.accent);
  hatch(sheet, second, palette.ink);
  line(sheet, [first.left, y(weights), second.left + bar, y(weights)], {
    colour: palette.soft,
    width: 1,
    dash: [2, 2],
  });
  const reach = { colour: palette.ink, width: 2.5 };
  line(sheet, [second.left, y(end), second.left + bar + gap * 2, y(end)], reach);
  if (wide < fontSize * 3) return;
  const bold = { colour: palette.ink, size: fontSize * 1.1, weight: 650 } as const;
  const text = words.format(factor.weights * factor.slope);
  const roomy = wide > bar * 2 + gap * 3 + fontSize * 7;
  // Beside the end of the second bar where there is room, else under it.
  if (roomy) sheet.text(second.left + bar + gap * 3, y(end), text, bold);
  else {
    const below = end <= weights ? 1 : -1;
    sheet.text(middle, y(end) + below * fontSize * 0.9, text, { ...bold, align: 'center' });
  }
  if (wide < fontSize * 8) return;
  const small = { colour: palette.soft, size: fontSize, align: 'center' } as const;
  const above = y(Math.max(0, weights, end)) - fontSize * 0.75;
  sheet.text(first.left + bar / 2, above, words.format(factor.weights), small);
  sheet.text(second.left + bar / 2, above, words.format(factor.slope), small);
}

function between(one: number, other: number): { readonly top: number; readonly height: number } {
  return { top: Math.min(one, other), height: Math.max(1, Math.abs(one - other)) };
}

/** Fills an area with slanted lines, which tell it from a plain one without colour. */
export function hatch(sheet: Sheet, area: Area, colour: string): void {
  const { left, top, width, height } = area;
  sheet.rect(area, colour, 0.14);
  sheet.clipped(area, () => {
    sheet.begin();
    for (let x = left - height; x < left + width; x += 5) {
      sheet.moveTo(x, top + height);
      sheet.lineTo(x + height, top);
    }
    sheet.stroke({ colour, width: 1.2, alpha: 0.75 });
  });
}

function paintLegend(sheet: Sheet, area: Area, palette: Palette, { fontSize, words }: FactorsPicture): void {
  const y = area.top + fontSize * 0.9;
  const side = fontSize * 0.9;
  let x = area.left + fontSize * 3.6;
  const letters = { colour: palette.soft, size: fontSize } as const;
  const entry = (text: string, paint: (sample: Area) => void): void => {
    paint({ left: x, top: y - side / 2, width: side * 1.4, height: side });
    sheet.text(x + side * 1.4 + 6, y, text, letters);
    x += side * 1.4 + 6 + sheet.widthOf(text, fontSize) + fontSize * 1.4;
  };
  entry(words.weights, (sample) => sheet.rect(sample, palette.accent));
  entry(words.slope, (sample) => hatch(sheet, sample, palette.ink));
  entry(words.together, ({ left, width }) =>
    line(sheet, [left, y, left + width, y], { colour: palette.ink, width: 2.5 }),
  );
}
