/** Draws the speeds of a run's hidden layers for a printed page: powers of ten, lanes for what has no logarithm, labels at the lines. */
import { layersOnWhite, scaleOf } from '../../shared/drawing/colours.ts';
import {
  type DecadeScale,
  decadeScale,
  emptyExtent,
  heightOf,
  placeOf,
  widened,
} from '../../shared/drawing/decades.ts';
import { labelledLayers, spreadLabels } from '../../shared/drawing/labels.ts';
import { roundTicks } from '../../shared/drawing/ticks.ts';
import { axisNumber, powerOfTen, relativeSpeed } from '../../shared/words/numbers.ts';
import { decimate, type Columns } from '../http/drawing.ts';
import { markup, type Html } from './html.ts';
import type { ReportWords } from './words.ts';

/** Units of the drawing; a page is some 640 of them wide. */
const size = { width: 640, height: 300 } as const;
const area = { left: 52, top: 12, right: 510, bottom: 262 } as const;
const fontSize = 12;
/** Points of a line, extremes among them. */
const mostPoints = 240;

const laneWords = { zero: 'figure.zero', infinity: 'figure.infinity', nan: 'figure.nan' } as const;

/** Returns the drawing; `curves` are those of the hidden layers, the first one first. */
export function speedFigure(words: ReportWords, label: string, curves: readonly Columns[]): Html {
  const { say, language } = words;
  const extent = curves.reduce((seen, { values }) => widened(seen, values, 0, values.length), emptyExtent);
  const scale = decadeScale(extent);
  const first = Math.min(...curves.map(({ steps }) => steps[0] ?? 0));
  const last = Math.max(...curves.map(({ steps }) => steps.at(-1) ?? 0));
  const x = (step: number): number =>
    area.left + ((step - first) / Math.max(1, last - first)) * (area.right - area.left);
  const [low, high] = scale.domain;
  const y = (height: number): number => area.bottom - ((height - low) / (high - low)) * (area.bottom - area.top);
  const colours = scaleOf(layersOnWhite.first, layersOnWhite.last, curves.length);
  const ticks = first === 0 ? roundTicks(Math.max(1, last), 6).filter(Number.isInteger) : [first, last];
  return markup`<svg viewBox="0 0 ${size.width} ${size.height}" role="img" class="figure">
    <title>${say('figure.title', { label })}</title>
    ${scale.lanes.map(
      ({ lane, from, at, to }) =>
        markup`<rect
            x="${area.left}"
            y="${short(y(to))}"
            width="${area.right - area.left}"
            height="${short(y(from) - y(to))}"
            class="lane"
          />
          <text x="${area.left - 6}" y="${short(y(at) + 4)}" class="end small"
            >${lane === 'zero' ? '0' : lane === 'infinity' ? '∞' : 'NaN'}</text
          >`,
    )}
    ${scale.ticks.map(
      (tick) =>
        markup`<path d="M${area.left} ${short(y(tick))}H${area.right}" class="grid" /><text
            x="${area.left - 6}"
            y="${short(y(tick) + 4)}"
            class="end"
            >${powerOfTen(tick)}</text
          >`,
    )}
    ${ticks.map(
      (tick) =>
        markup`<path d="M${short(x(tick))} ${area.bottom}v5" class="axis" /><text
            x="${short(x(tick))}"
            y="${area.bottom + 20}"
            class="middle"
            >${axisNumber(tick, language)}</text
          >`,
    )}
    <text x="${area.right + 20}" y="${area.bottom + 20}" class="soft">${say('figure.step')}</text>
    <path d="M${area.left} ${area.top}V${area.bottom}H${area.right}" class="axis" />
    ${curves.map((curve, index) => {
      const path = pathOf(curve, scale, x, y);
      return markup`<path
        d="${path}"
        class="curve"
        stroke="${colours[index] ?? '#000'}"
        ${dashOf(index, curves.length)}
      />`;
    })}
    ${scale.lanes.map(({ lane, at }) =>
      // Runs begin at zero and end in infinities: the words stand where the lines are not.
      lane === 'zero'
        ? markup`<text x="${area.right - 6}" y="${short(y(at) + 4)}" class="end small soft halo">${say(laneWords[lane])}</text>`
        : markup`<text x="${area.left + 8}" y="${short(y(at) + 4)}" class="small soft halo">${say(laneWords[lane])}</text>`,
    )}
    ${heads(words, curves, scale, x, y, colours)}
  </svg>`;
}

const short = (value: number): number => Math.round(value * 10) / 10;

/** Every other layer is dashed, so that a copy without colours can be read. */
const dashOf = (index: number, count: number): Html | null =>
  count > 1 && index % 2 === 1 ? markup` stroke-dasharray="6 3"` : null;

/** A line through what is finite, another along each lane; they are not joined, since nothing lies between them. */
function pathOf(
  curve: Columns,
  scale: DecadeScale,
  x: (step: number) => number,
  y: (height: number) => number,
): string {
  let path = '';
  let before: string | null = null;
  for (const index of decimate(curve, mostPoints)) {
    const value = curve.values[index] ?? Number.NaN;
    const place = placeOf(value);
    const height = heightOf(scale, value);
    if (height === null) continue;
    const kind = typeof place === 'number' ? 'finite' : place;
    const at = `${short(x(curve.steps[index] ?? 0))} ${short(y(height))}`;
    // A point that stands alone is a dot: a line of no length with round ends.
    path += kind === before ? `L${at}` : `M${at}h0`;
    before = kind;
  }
  return path;
}

function heads(
  { say, language }: ReportWords,
  curves: readonly Columns[],
  scale: DecadeScale,
  x: (step: number) => number,
  y: (height: number) => number,
  colours: readonly string[],
): Html[] {
  const ends = curves.map(({ steps, values }, index) => {
    const value = values.at(-1) ?? Number.NaN;
    return { layer: index + 1, value, x: x(steps.at(-1) ?? 0), y: y(heightOf(scale, value) ?? 0) };
  });
  const last = ends.at(-1)?.value ?? Number.NaN;
  const wanted = labelledLayers(curves.length, null);
  const shown = ends.filter(({ layer }) => wanted.includes(layer));
  const heights = spreadLabels(
    shown.map((end) => end.y),
    fontSize * 1.3,
    area.top + fontSize / 2,
    area.bottom - fontSize / 2,
  );
  return shown.map((end, index) => {
    const colour = colours[end.layer - 1] ?? '#000';
    const at = heights[index] ?? end.y;
    const name = say('figure.layer', { layer: end.layer });
    const ratio = relativeSpeed(end.value, last, language);
    return markup`<circle cx="${short(end.x)}" cy="${short(end.y)}" r="3" fill="${colour}" /><path
        d="M${short(end.x + 4)} ${short(end.y)}L${area.right + 12} ${short(at)}"
        stroke="${colour}"
        fill="none"
      /><text x="${area.right + 16}" y="${short(at + 4)}"
        ><tspan class="soft">${name}</tspan> <tspan class="strong">${ratio}</tspan></text
      >`;
  });
}
