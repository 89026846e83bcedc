/** The plot as a table: the values of the measurement on show, for reading off and for those who hear the page. */
import { useComputedColorScheme } from '@mantine/core';
import { exactly, measured, percent, relativeSpeed, wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useRoom, useShown } from '../room/context.tsx';
import type { Series } from '../room/series.ts';
import { planFor } from '../room/stage.ts';
import { layerColours } from '../theme.ts';

const refreshEvery = 250;

const valueAt = (series: Series, step: number): string | undefined => {
  const value = series.at(step);
  return value === undefined ? undefined : exactly(value);
};

/** Draws the table of the measurement on show; while it is on its way, of the latest one received before it. */
export function Readout() {
  const { say, language } = useWords();
  const { frames: store } = useRoom();
  const shown = useShown(refreshEvery);
  const scheme = useComputedColorScheme('light');
  if (shown === null || shown.measured < 0) return null;
  const { run } = shown;
  const frames = store.of(run.id);
  const step = frames.receivedUpTo(shown.measured);
  if (step < 0) return null;
  const layers = run.configuration.hidden.length;
  const colours = layerColours(scheme, layers);
  const last = frames.speedOf(layers).at(step) ?? Number.NaN;
  const outcome = (series: Series): string => {
    const value = series.at(step);
    return value === undefined ? say('readout.none') : percent(value, language);
  };
  const cost = frames.cost.at(step);
  const plan = planFor(run);
  return (
    <table className="readout" data-testid="readout" data-step={step}>
      <caption>{say('readout.title', { step: wholeNumber(step, language) })}</caption>
      <thead>
        <tr>
          <th scope="col">{say('readout.layer')}</th>
          <th scope="col">{say('readout.speed')}</th>
          <th scope="col">{say('readout.relative')}</th>
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: layers }, (_, index) => layers - index).map((layer) => {
          const speed = frames.speedOf(layer).at(step);
          return (
            <tr key={layer}>
              <th scope="row">
                <span className="swatch" style={{ background: colours[layer - 1] }} />
                {say('plot.layer', { layer })}
              </th>
              <td data-testid={`readout-layer-${layer}`} data-value={valueAt(frames.speedOf(layer), step)}>
                {speed === undefined ? '…' : measured(speed, language)}
              </td>
              <td className="strong">{speed === undefined ? '…' : relativeSpeed(speed, last, language)}</td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{say('readout.cost')}</th>
          <td colSpan={2} data-testid="readout-cost" data-value={valueAt(frames.cost, step)}>
            {cost === undefined ? '…' : measured(cost, language)}
          </td>
        </tr>
        {plan.classifies && (
          <tr>
            <th scope="row">{say('readout.train')}</th>
            <td colSpan={2} data-testid="readout-train-accuracy" data-value={valueAt(frames.trainAccuracy, step)}>
              {outcome(frames.trainAccuracy)}
            </td>
          </tr>
        )}
        {plan.testImages > 0 && (
          <tr>
            <th scope="row">{say('readout.test')}</th>
            <td colSpan={2} data-testid="readout-test-accuracy" data-value={valueAt(frames.testAccuracy, step)}>
              {outcome(frames.testAccuracy)}
            </td>
          </tr>
        )}
      </tfoot>
    </table>
  );
}
