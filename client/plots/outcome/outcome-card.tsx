/** The outcome of a run: accuracies with the line of who learns nothing, and the cost, against steps, epochs, seconds or operations. */
import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { wholeNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { RunMark } from '../../panels/run-mark.tsx';
import { useRoom, useShown } from '../../room/context.tsx';
import { planFor } from '../../room/stage.ts';
import { paletteOf, type Scheme } from '../../theme.ts';
import type { Cursor } from '../../view/link.ts';
import { AxisSetting } from '../card/axis-settings.tsx';
import type { Figure } from '../card/figure.ts';
import type { PinPlace } from '../card/pin-form.tsx';
import { PlotCard } from '../card/plot-card.tsx';
import { Sentence } from '../card/sentence.tsx';
import { paintAxisTitle, paintFrame } from '../frame-painter.ts';
import { type Held, useHeld } from '../held.ts';
import { useShownLength } from '../use-shown-length.ts';
import { useAlone, useXAxis } from '../use-x-axis.ts';
import { OutcomePlot } from './outcome-plot.tsx';
import { type OutcomeFacts, outcomeSentence } from './sentence.ts';
import { NoAccuracy } from './no-accuracy.tsx';
import { useOutcomeCurves } from './use-outcome-curves.ts';
import { shareOf } from './use-majority.ts';

/** Draws the card of a run. */
export function OutcomeCard({ run }: { readonly run: RoomRun }) {
  const { say } = useWords();
  const { stage } = useRoom();
  const scheme = useComputedColorScheme('light');
  const above = useHeld<Figure | null>(null);
  const below = useHeld<Figure | null>(null);
  const figure = useMemo(() => stacked([above, below], scheme), [above, below, scheme]);
  const sentence = useHeld('');
  const { axis, units, format } = useXAxis(useAlone(run), 8, { length: useShownLength(run) });
  const outcome = useOutcomeCurves(run);
  const large = { letters: Math.max(...outcome.accuracies.map(({ name }) => name.length)) };
  const pinAt = (cursor: Cursor | null): PinPlace | null => {
    const step = cursor === null ? stage.current()?.measured : Math.round(units[0]?.stepOf(cursor.value) ?? 0);
    return step === undefined || step < 0 ? null : { run: run.id, label: run.label, step, layer: null };
  };
  return (
    <PlotCard
      id="outcome"
      title={say('outcome.title')}
      definition={say('outcome.definition')}
      subtitle={say('plot.run', { label: run.label })}
      sign={
        <>
          <RunMark label={run.label} /> {say('plot.run', { label: run.label })}
        </>
      }
      settings={<AxisSetting id="outcome" />}
      figure={figure}
      axis={axis}
      formatX={format}
      sentence={() => sentence.take()}
      foot={
        <OutcomeSentence
          run={run}
          majority={outcome.majority === null ? null : shareOf(outcome.majority)}
          told={sentence}
        />
      }
      table={() => <OutcomeTable run={run} />}
      pinAt={pinAt}
    >
      <div className="outcome-stack">
        {outcome.classifies ? (
          <OutcomePlot
            key={`${run.id} accuracy`}
            run={run}
            id="outcome-accuracy"
            title={say('outcome.accuracy')}
            curves={outcome.accuracies}
            top={1}
            format={outcome.shareFormat}
            formatTick={outcome.shareTick}
            mark={outcome.mark}
            large={large}
            figure={above}
          />
        ) : (
          <NoAccuracy />
        )}
        <OutcomePlot
          key={`${run.id} cost`}
          run={run}
          id="outcome-cost"
          title={say('outcome.cost')}
          curves={outcome.cost}
          top={null}
          format={outcome.costFormat}
          formatTick={outcome.costTick}
          mark={null}
          large={large}
          figure={below}
        />
      </div>
    </PlotCard>
  );
}

/** Puts figures below each other as one. */
function stacked(parts: readonly Held<Figure | null>[], scheme: Scheme): Held<Figure | null> {
  const taken = (): Figure[] => parts.flatMap((part) => part.take() ?? []);
  return {
    put: () => undefined,
    take() {
      const figures = taken();
      if (figures.length === 0) return null;
      const size = {
        width: Math.max(...figures.map(({ size: { width } }) => width)),
        height: figures.reduce((sum, { size: { height } }) => sum + height, 0),
      };
      const palette = paletteOf(scheme);
      return {
        size,
        frame: null,
        paint(sheet, { left, top }) {
          let y = top;
          for (const { size: its, frame, paint } of figures) {
            if (frame !== null) {
              const geometry = paintFrame(sheet, { left, top: y, ...its }, frame, palette);
              paintAxisTitle(sheet, geometry, frame, palette.soft);
              paint(sheet, geometry);
            }
            y += its.height;
          }
        },
        rows: () => figures.flatMap(({ rows }) => rows()).toSorted((a, b) => a.step - b.step),
      };
    },
  };
}

const refreshEvery = 250;

type SentenceProps = { readonly run: RoomRun; readonly majority: number | null; readonly told: Held<string> };

function OutcomeSentence({ run, majority, told }: SentenceProps) {
  const words = useWords();
  const { frames, stage } = useRoom();
  const moving = useShown(refreshEvery)?.motion === 'playing';
  const { cost, trainAccuracy, testAccuracy } = frames.of(run.id);
  const reach = stage.reach(run.id);
  const tested = planFor(run).testImages > 0;
  const series = tested ? testAccuracy : trainAccuracy;
  const last = series.countUpTo(reach) - 1;
  const [step, share] = [series.steps[last], series.values[last]];
  const costs = cost.countUpTo(reach) - 1;
  const [costStep, lastCost] = [cost.steps[costs], cost.values[costs]];
  const facts: OutcomeFacts = {
    dataset: run.configuration.dataset,
    accuracy: step === undefined || share === undefined ? null : { share, step, of: tested ? 'test' : 'train' },
    stepsPerEpoch: planFor(run).stepsPerEpoch,
    majority,
    cost:
      costStep === undefined || lastCost === undefined
        ? null
        : { first: cost.values[0] ?? Number.NaN, last: lastCost, step: costStep },
  };
  return <Sentence text={outcomeSentence(words, facts)} moving={moving} told={told} />;
}

const mostRows = 24;

/** The outcome in numbers: some of the steps on show, those at which the test images were evaluated first. */
function OutcomeTable({ run }: { readonly run: RoomRun }) {
  const { say, language } = useWords();
  const { frames, stage } = useRoom();
  useShown(refreshEvery * 2);
  const { shareFormat, costFormat, tested, classifies } = useOutcomeCurves(run);
  const { cost, trainAccuracy, testAccuracy } = frames.of(run.id);
  const along = tested ? testAccuracy : classifies ? trainAccuracy : cost;
  const end = along.countUpTo(stage.reach(run.id));
  const count = Math.min(mostRows, end);
  const steps = Array.from(
    { length: count },
    (_, index) => along.steps[count === 1 ? 0 : Math.round((index * (end - 1)) / (count - 1))] ?? 0,
  );
  if (count === 0) return <p className="soft">{say('sentence.none')}</p>;
  const written = (value: number | undefined, format: (value: number) => string): string =>
    value === undefined ? '…' : format(value);
  return (
    <table className="layers-table" data-testid="outcome-numbers">
      <caption>{say('outcome.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('controls.step-count')}</th>
          <th scope="col">{say('readout.cost')}</th>
          {classifies && <th scope="col">{say('readout.train')}</th>}
          {tested && <th scope="col">{say('readout.test')}</th>}
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step}>
            <th scope="row">{wholeNumber(step, language)}</th>
            <td>{written(cost.at(step), costFormat)}</td>
            {classifies && <td>{written(trainAccuracy.at(step), shareFormat)}</td>}
            {tested && <td>{written(testAccuracy.at(step), shareFormat)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
