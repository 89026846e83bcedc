/** Draws the speeds of a run's hidden layers for a printed page, as shared/drawing lays them out. */
import { layersOnWhite, scaleOf } from '../../shared/drawing/colours.ts';
import { speedFigure } from '../../shared/drawing/speed-figure.ts';
import { axisNumber, powerOfTen, relativeSpeed } from '../../shared/words/numbers.ts';
import { type Columns, decimate } from '../../shared/serving/drawing.ts';
import { type Html, markup } from './html.ts';
import type { ReportWords } from './words.ts';

/** Points of a line, extremes among them. */
const mostPoints = 240;

const laneSigns = { zero: '0', infinity: '∞', nan: 'NaN' } as const;

/** Returns the drawing; `curves` are those of the hidden layers, the first one first. */
export function drawnSpeeds({ say, language }: ReportWords, label: string, curves: readonly Columns[]): Html {
  const figure = speedFigure(curves.map(thinned));
  const { area, lanes, ends } = figure;
  const colours = scaleOf(layersOnWhite.first, layersOnWhite.last, curves.length);
  const colourOf = (layer: number): string => colours[layer - 1] ?? '#000';
  const last = curves.at(-1)?.values.at(-1) ?? Number.NaN;
  return markup`<svg viewBox="0 0 ${figure.width} ${figure.height}" role="img" class="figure">
<title>${say('figure.title', { label })}</title>
${lanes.map(
  ({ lane, top, height, middle }) =>
    markup`<rect x="${area.left}" y="${top}" width="${area.right - area.left}" height="${height}" class="lane"/><text x="${area.left - 6}" y="${middle + 4}" class="end small">${laneSigns[lane]}</text>`,
)}
${figure.decades.map(
  ({ exponent, y }) =>
    markup`<path d="M${area.left} ${y}H${area.right}" class="grid"/><text x="${area.left - 6}" y="${y + 4}" class="end">${powerOfTen(exponent)}</text>`,
)}
${figure.steps.map(
  ({ step, x }) =>
    markup`<path d="M${x} ${area.bottom}v5" class="axis"/><text x="${x}" y="${area.bottom + 20}" class="middle">${axisNumber(step, language)}</text>`,
)}
<text x="${area.right + 20}" y="${area.bottom + 20}" class="soft">${say('figure.step')}</text>
<path d="M${area.left} ${area.top}V${area.bottom}H${area.right}" class="axis"/>
${figure.curves.map(
  ({ path, dashed }, index) =>
    markup`<path d="${path}" class="curve" stroke="${colourOf(index + 1)}"${dashed ? markup` stroke-dasharray="6 3"` : null}/>`,
)}
${lanes.map(({ lane, middle }) =>
  // Runs begin at zero and end in infinities: the words stand where the lines are not.
  lane === 'zero'
    ? markup`<text x="${area.right - 6}" y="${middle + 4}" class="end small soft halo">${say('figure.zero')}</text>`
    : markup`<text x="${area.left + 8}" y="${middle + 4}" class="small soft halo">${say(`figure.${lane}`)}</text>`,
)}
${ends.map(
  ({ layer, x, y, labelY, value }) =>
    markup`<circle cx="${x}" cy="${y}" r="3" fill="${colourOf(layer)}"/><path d="M${x + 4} ${y}L${area.right + 12} ${labelY}" stroke="${colourOf(layer)}" fill="none"/><text x="${area.right + 16}" y="${labelY + 4}"><tspan class="soft">${say('figure.layer', { layer })}</tspan> <tspan class="strong">${relativeSpeed(value, last, language)}</tspan></text>`,
)}
</svg>`;
}

function thinned(curve: Columns): Columns {
  const chosen = decimate(curve, mostPoints);
  const of = (all: Float64Array): Float64Array => Float64Array.from(chosen, (index) => all[index] ?? Number.NaN);
  return { steps: of(curve.steps), values: of(curve.values) };
}
