/** The home view in numbers: a row for each of some steps, evenly chosen from what the plot shows, and one for the step on show. */
import { useSyncExternalStore } from 'react';
import { measured, relativeSpeed, wholeNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { useRoom, useShown } from '../../room/context.tsx';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { usePlotLink, useView } from '../../view/context.tsx';
import type { PlotAxis } from '../use-x-axis.ts';
import { factorOf, metricOf } from './measures.ts';

const refreshEvery = 500;
const mostRows = 24;

/** Chooses at most `most` of the indices `from` to `to` (exclusive), both ends among them. */
function evenly(from: number, to: number, most: number): number[] {
  const count = to - from;
  if (count <= most) return Array.from({ length: Math.max(0, count) }, (_, index) => from + index);
  return Array.from({ length: most }, (_, index) => from + Math.round((index * (count - 1)) / (most - 1)));
}

/** Draws the table of a run. */
export function LayersTable({ run, plotAxis }: { readonly run: RoomRun; readonly plotAxis: PlotAxis }) {
  const { say, language } = useWords();
  const { frames: store, stage } = useRoom();
  const measure = useView((view) => (view.book ? 'speed' : view.measure));
  const link = usePlotLink();
  const cursor = useSyncExternalStore(link.subscribe, link.cursor);
  useShown(refreshEvery);
  const frames = store.of(run.id);
  const layers = run.configuration.hidden.length;
  const metric = metricOf[measure];
  const series = frames.of(metric);
  const unit = plotAxis.units[0];
  const [first, last] = plotAxis.axis.shown.map((value) => unit?.stepOf(value) ?? value);
  const to = Math.min(series.countUpTo((last ?? Infinity) + 1e-9), series.countUpTo(stage.reach(run.id)));
  const steps = evenly(series.countUpTo((first ?? 0) - 1e-9), to, mostRows).map((index) => series.steps[index] ?? 0);
  if (steps.length === 0) return <p className="soft">{say('sentence.none')}</p>;
  const pointed = cursor === null ? null : nearestOf(steps, unit?.stepOf(cursor.value) ?? cursor.value);
  const valueOf = (layer: number, step: number): number | undefined => {
    const value = frames.of(metric, layer).at(step);
    return value === undefined ? undefined : value * factorOf(measure, run.configuration, layer);
  };
  const numbers = Array.from({ length: layers }, (_, index) => index + 1);
  return (
    <table className="layers-table" data-testid="layers-numbers">
      <caption>{say(`measure.${measure}`)}</caption>
      <thead>
        <tr>
          <th scope="col">{say('controls.step-count')}</th>
          {numbers.map((layer) => (
            <th key={layer} scope="col">
              {say('plot.layer', { layer })}
            </th>
          ))}
          <th scope="col">{say('table.ratio', { first: 1, last: layers })}</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step} aria-current={step === pointed}>
            <th scope="row">{wholeNumber(step, language)}</th>
            {numbers.map((layer) => {
              const value = valueOf(layer, step);
              return <td key={layer}>{value === undefined ? '…' : measured(value, language)}</td>;
            })}
            <td className="strong">
              {relativeSpeed(valueOf(1, step) ?? Number.NaN, valueOf(layers, step) ?? Number.NaN, language)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const nearestOf = (steps: readonly number[], step: number): number | null =>
  steps.reduce<number | null>(
    (best, one) => (best === null || Math.abs(one - step) < Math.abs(best - step) ? one : best),
    null,
  );
