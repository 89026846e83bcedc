/**
 * Lays out the figure of the speeds of hidden layers where there is no chart: in the report and on the page of one run. Powers
 * of ten, lanes for what has no logarithm, labels at the ends of lines. Who draws it decides what its elements are.
 */
import { type DecadeScale, decadeScale, emptyExtent, heightOf, type Lane, placeOf, widened } from './decades.ts';
import { labelledLayers, spreadLabels } from './labels.ts';
import { roundTicks } from './ticks.ts';

/** The speeds of one layer; few enough points to draw. */
export type SpeedCurve = { readonly steps: ArrayLike<number>; readonly values: ArrayLike<number> };

/** Places are in units of the drawing, y downwards. */
export type SpeedFigure = {
  readonly width: number;
  readonly height: number;
  readonly area: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  readonly lanes: readonly {
    readonly lane: Lane;
    readonly top: number;
    readonly height: number;
    readonly middle: number;
  }[];
  readonly decades: readonly { readonly exponent: number; readonly y: number }[];
  readonly steps: readonly { readonly step: number; readonly x: number }[];
  /** One an SVG path; every other one is dashed, so that a copy without colours can be read. */
  readonly curves: readonly { readonly path: string; readonly dashed: boolean }[];
  /** The ends of the lines that carry a label, where the label is, and the layer's speed there. */
  readonly ends: readonly {
    readonly layer: number;
    readonly x: number;
    readonly y: number;
    readonly labelY: number;
    readonly value: number;
  }[];
};

const [usualWidth, height] = [640, 300];
const rowHeight = 16;
/** What the axis on the left and the labels on the right take of the width. */
const margins = { left: 52, right: 130 };

/**
 * Lays out the curves of the hidden layers, the first one first. `last` is the last step of the axis where it is not theirs; a
 * narrower `width` is for phones, on which letters keep their size.
 */
export function speedFigure(
  curves: readonly SpeedCurve[],
  { last, width = usualWidth }: { readonly last?: number; readonly width?: number } = {},
): SpeedFigure {
  const area = { left: margins.left, top: 12, right: width - margins.right, bottom: 262 };
  const extent = curves.reduce((seen, { values }) => widened(seen, values, 0, values.length), emptyExtent);
  const scale = decadeScale(extent);
  const from = Math.min(...curves.map(({ steps }) => steps[0] ?? 0));
  const to = last ?? Math.max(...curves.map(({ steps }) => steps[steps.length - 1] ?? 0));
  const x = (step: number): number =>
    short(area.left + ((step - from) / Math.max(1, to - from)) * (area.right - area.left));
  const [low, high] = scale.domain;
  const y = (at: number): number => short(area.bottom - ((at - low) / (high - low)) * (area.bottom - area.top));
  const ticks =
    from === 0 ? roundTicks(Math.max(1, to), width < usualWidth ? 3 : 6).filter(Number.isInteger) : [from, to];
  return {
    width,
    height,
    area,
    lanes: scale.lanes.map((one) => ({
      lane: one.lane,
      top: y(one.to),
      height: short(y(one.from) - y(one.to)),
      middle: y(one.at),
    })),
    decades: scale.ticks.map((exponent) => ({ exponent, y: y(exponent) })),
    steps: ticks.map((step) => ({ step, x: x(step) })),
    curves: curves.map((curve, index) => ({ path: pathOf(curve, scale, x, y), dashed: index % 2 === 1 })),
    ends: endsOf(curves, scale, x, y, area),
  };
}

const short = (value: number): number => Math.round(value * 10) / 10;

/** A line through what is finite, another along each lane; they are not joined, since nothing lies between them. */
function pathOf(
  { steps, values }: SpeedCurve,
  scale: DecadeScale,
  x: (step: number) => number,
  y: (height: number) => number,
): string {
  let path = '';
  let before: string | null = null;
  for (let index = 0; index < steps.length; index++) {
    const value = values[index] ?? Number.NaN;
    const place = placeOf(value);
    const at = heightOf(scale, value);
    if (at === null) continue;
    const kind = typeof place === 'number' ? 'finite' : place;
    const point = `${x(steps[index] ?? 0)} ${y(at)}`;
    // A point that stands alone is a dot: a line of no length with round ends.
    path += kind === before ? `L${point}` : `M${point}h0`;
    before = kind;
  }
  return path;
}

function endsOf(
  curves: readonly SpeedCurve[],
  scale: DecadeScale,
  x: (step: number) => number,
  y: (height: number) => number,
  area: SpeedFigure['area'],
): SpeedFigure['ends'] {
  const wanted = labelledLayers(curves.length, null);
  const ends = curves.flatMap(({ steps, values }, index) => {
    const last = steps.length - 1;
    const value = values[last] ?? Number.NaN;
    if (last < 0 || !wanted.includes(index + 1)) return [];
    return [{ layer: index + 1, value, x: x(steps[last] ?? 0), y: y(heightOf(scale, value) ?? 0) }];
  });
  const heights = spreadLabels(
    ends.map((end) => end.y),
    rowHeight,
    area.top + rowHeight / 2,
    area.bottom - rowHeight / 2,
  );
  return ends.map((end, index) => ({ ...end, labelY: short(heights[index] ?? end.y) }));
}
