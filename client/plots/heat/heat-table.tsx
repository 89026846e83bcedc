/** The heat map in numbers: a row for each of some steps, evenly chosen from what is shown, a column for each layer. */
import { relativeSpeed, wholeNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import type { Drawn } from '../use-drawn.ts';
import { useSampled } from '../use-sampled.ts';
import type { PlotAxis } from '../use-x-axis.ts';
import { ratiosAt } from './heat-painter.ts';

type Props = { readonly run: RoomRun; readonly drawn: Drawn; readonly plotAxis: PlotAxis };

const refreshEvery = 500;
const mostRows = 24;

/** Draws the table of a run. */
export function HeatTable({ run, drawn, plotAxis }: Props) {
  const { say, language } = useWords();
  const rows = useSampled(drawn, refreshEvery);
  const unit = plotAxis.units[0];
  const [first] = rows;
  const [from = 0, to = Infinity] = plotAxis.axis.shown.map((value) => unit?.stepOf(value) ?? value);
  const start = first?.series.countUpTo(from - 1e-9) ?? 0;
  const end = Math.min(first?.count ?? 0, first?.series.countUpTo(to + 1e-9) ?? 0);
  const count = Math.min(mostRows, end - start);
  if (first === undefined || count < 1) return <p className="soft">{say('sentence.none')}</p>;
  const steps = Array.from({ length: count }, (_, index) => {
    const at = count === 1 ? start : start + Math.round((index * (end - 1 - start)) / (count - 1));
    return first.series.steps[at] ?? 0;
  });
  const layers = run.configuration.hidden.map((_, index) => index + 1);
  return (
    <table className="layers-table" data-testid="heat-table">
      <caption>{say('heat.table', { last: layers.length })}</caption>
      <thead>
        <tr>
          <th scope="col">{say('controls.step-count')}</th>
          {layers.map((layer) => (
            <th key={layer} scope="col">
              {say('plot.layer', { layer })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step}>
            <th scope="row">{wholeNumber(step, language)}</th>
            {ratiosAt(rows, step).map((ratio, index) => (
              <td key={layers[index]}>{relativeSpeed(ratio, 1, language)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
