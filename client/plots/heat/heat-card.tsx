/** The heat map: how fast every layer of a run learns next to the last one, at every step; or of each run that is shown, small. */
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { useWords } from '../../i18n/words.ts';
import { RunMark } from '../../panels/run-mark.tsx';
import { useRoom, useShown } from '../../room/context.tsx';
import { useComparedRuns } from '../../runs/shown.ts';
import { useChangeView, useView } from '../../view/context.tsx';
import type { Cursor } from '../../view/link.ts';
import { AxisSetting, MeasureSetting } from '../card/axis-settings.tsx';
import type { Figure } from '../card/figure.ts';
import type { PinPlace } from '../card/pin-form.tsx';
import { PlotCard } from '../card/plot-card.tsx';
import { Sentence } from '../card/sentence.tsx';
import { Toggle } from '../card/toggle.tsx';
import { extentBetween } from '../extent.ts';
import { type Held, useHeld } from '../held.ts';
import { type Drawn, useDrawn } from '../use-drawn.ts';
import { useSampled } from '../use-sampled.ts';
import { useShownLength } from '../use-shown-length.ts';
import { useAlone, useXAxis } from '../use-x-axis.ts';
import { useSameRuns } from '../use-same-runs.ts';
import { HeatMultiples } from './heat-multiples.tsx';
import { ratiosAt } from './heat-painter.ts';
import { HeatPlot } from './heat-plot.tsx';
import { HeatTable } from './heat-table.tsx';
import { type HeatFacts, heatSentence } from './sentence.ts';
import { useHeatCurves } from './use-heat-rows.ts';

/** Draws the card of a run. */
export function HeatCard({ run }: { readonly run: RoomRun }) {
  const { say } = useWords();
  const { stage } = useRoom();
  const change = useChangeView();
  const measure = useView((view) => view.measure);
  const multiples = useView((view) => view.multiples);
  const figure = useHeld<Figure | null>(null);
  const sentence = useHeld('');
  const compared = useSameRuns(useComparedRuns());
  const several = multiples && compared.length > 0;
  const alone = useAlone(run);
  const ownAxis = useXAxis(alone, 8, { length: useShownLength(run) });
  const severalAxis = useXAxis(compared, 8);
  const plotAxis = several ? severalAxis : ownAxis;
  const curves = useHeatCurves(run, measure);
  const drawn = useDrawn(curves, ownAxis.spans);
  const pinAt = (cursor: Cursor | null): PinPlace | null => {
    const step = cursor === null ? stage.current()?.measured : Math.round(ownAxis.units[0]?.stepOf(cursor.value) ?? 0);
    if (step === undefined || step < 0) return null;
    return { run: run.id, label: run.label, step, layer: cursor?.layer ?? null };
  };
  const last = run.configuration.hidden.length;
  return (
    <PlotCard
      id="heat"
      title={several ? say('heat.title.several') : say('heat.title', { last })}
      definition={`${say('heat.definition')} ${say(`measure.${measure}.definition`)}`}
      subtitle={several ? say('compare.count', { count: compared.length }) : say('plot.run', { label: run.label })}
      sign={
        several ? (
          say('compare.count', { count: compared.length })
        ) : (
          <>
            <RunMark label={run.label} /> {say('plot.run', { label: run.label })}
          </>
        )
      }
      settings={
        <>
          <MeasureSetting id="heat" />
          <AxisSetting id="heat" />
          <Toggle
            text={say('heat.multiples')}
            pressed={multiples}
            hook="heat-multiples-toggle"
            onPress={() => change({ multiples: !multiples })}
          />
        </>
      }
      figure={figure}
      axis={plotAxis.axis}
      formatX={plotAxis.format}
      sentence={() => sentence.take()}
      foot={<HeatSentence run={run} drawn={drawn} told={sentence} />}
      table={() => <HeatTable run={run} drawn={drawn} plotAxis={ownAxis} />}
      pinAt={pinAt}
    >
      {several ? (
        <HeatMultiples runs={compared} plotAxis={plotAxis} figure={figure} />
      ) : (
        <HeatPlot key={run.id} run={run} drawn={drawn} plotAxis={ownAxis} figure={figure} />
      )}
    </PlotCard>
  );
}

const refreshEvery = 250;

type SentenceProps = { readonly run: RoomRun; readonly drawn: Drawn; readonly told: Held<string> };

function HeatSentence({ run, drawn, told }: SentenceProps) {
  const words = useWords();
  const measure = useView((view) => view.measure);
  const rows = useSampled(drawn, refreshEvery);
  const moving = useShown(refreshEvery)?.motion === 'playing';
  const [first] = rows;
  const step = first?.series.steps[first.count - 1] ?? -1;
  const text = ((): string => {
    if (first === undefined || step < 0) return words.say('sentence.none');
    const { low, high } = extentBetween([first], 0, step);
    const facts: HeatFacts = {
      configuration: run.configuration,
      measure,
      step,
      ratios: ratiosAt(rows, step),
      range: low > high ? null : [10 ** low, 10 ** high],
    };
    return heatSentence(words, facts);
  })();
  return <Sentence text={text} moving={moving} told={told} />;
}
