/** The values of all layers at the step under the pointer. */
import { measured, relativeSpeed } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { PlotTip } from '../tip.tsx';

type Props = {
  /** What is written above the values: which step. */
  readonly heading: string;
  readonly values: readonly number[];
  readonly colours: readonly string[];
  readonly nearest: number | null;
  /** Where the step is, and how wide the plot is, in pixels: the box stands on the side with more room. */
  readonly x: number;
  readonly width: number;
};

/** More rows than that would hide the plot: then only the ends and what is pointed at. */
const mostRows = 12;

/** Draws the box beside the vertical line; the last layer is on top, as its curve usually is. */
export function LayersTooltip({ heading, values, colours, nearest, x, width }: Props) {
  const { say, language } = useWords();
  const last = values.at(-1) ?? Number.NaN;
  const rows = values
    .map((value, index) => ({ value, layer: index + 1 }))
    .filter(({ layer }) => values.length <= mostRows || [1, values.length, nearest].includes(layer));
  return (
    <PlotTip heading={heading} x={x} width={width}>
      {rows
        .map(({ value, layer }) => (
          <div key={layer} className={nearest === layer ? 'plot-tooltip-row near' : 'plot-tooltip-row'}>
            <span className="swatch" style={{ background: colours[layer - 1] }} />
            <span>{say('plot.layer', { layer })}</span>
            <span className="number">{measured(value, language)}</span>
            <span className="number strong">{relativeSpeed(value, last, language)}</span>
          </div>
        ))
        .toReversed()}
    </PlotTip>
  );
}
