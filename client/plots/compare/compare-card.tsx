/** The comparison of the runs whose eye is open: one line each in one plot, or a small plot each. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { RoomRun, RunId } from '../../../shared/protocol/state.ts';
import { useWords } from '../../i18n/words.ts';
import { useFacts, useRoom, useShown } from '../../room/context.tsx';
import { useChangeView, useView } from '../../view/context.tsx';
import type { Cursor } from '../../view/link.ts';
import type { Figure } from '../card/figure.ts';
import type { PinPlace } from '../card/pin-form.tsx';
import { PlotCard } from '../card/plot-card.tsx';
import { Sentence } from '../card/sentence.tsx';
import { useBackRow } from '../back-row.ts';
import { type Held, useHeld } from '../held.ts';
import { type Drawn, useDrawn } from '../use-drawn.ts';
import { useSampled } from '../use-sampled.ts';
import { useXAxis } from '../use-x-axis.ts';
import { CompareLegend } from './compare-legend.tsx';
import { CompareMultiples } from './compare-multiples.tsx';
import { ComparePlot } from './compare-plot.tsx';
import { CompareControls, CompareSettings } from './compare-settings.tsx';
import { CompareTable } from './compare-table.tsx';
import { factsOf } from './facts.ts';
import { compareSentence } from './sentence.ts';
import { type Compared, deepest, useCompared } from './use-compared.ts';
import './compare.css';

/** Draws the card; `run` is the one on show. */
export function CompareCard({ run }: { readonly run: RoomRun }) {
  const { say } = useWords();
  const { stage } = useRoom();
  const { runs: all } = useFacts();
  const multiples = useView((view) => view.multiples);
  const figure = useHeld<Figure | null>(null);
  const sentence = useHeld('');
  const compared = useCompared();
  const { subject, shown, runs, groups, timed } = compared;
  const listed = multiples ? shown : timed;
  const plotAxis = useXAxis(listed, 8);
  const drawn = useDrawn(compared.curves, plotAxis.spans);
  const measure = say(`measure.${subject.measure}`);
  const pinAt = (cursor: Cursor | null): PinPlace | null => {
    const at = runs.findIndex(({ id }) => id === cursor?.run);
    const pinned = cursor === null ? undefined : runs[at];
    if (cursor === null || pinned === undefined) {
      const step = stage.current()?.measured ?? -1;
      return step < 0 ? null : { run: run.id, label: run.label, step, layer: null };
    }
    const step = Math.round(plotAxis.units[at]?.stepOf(cursor.value) ?? 0);
    return { run: pinned.id, label: pinned.label, step, layer: subject.kind === 'layer' ? subject.layer : null };
  };
  const body = (): ReactNode => {
    if (shown.length === 0) return <NothingShown all={Object.keys(all)} />;
    if (multiples) return <CompareMultiples runs={shown} plotAxis={plotAxis} figure={figure} />;
    if (runs.length === 0) {
      const isAccuracy = subject.kind === 'accuracy';
      const why = isAccuracy ? say('compare.copies') : say('compare.no-layer', { layer: subject.layer });
      return <p className="plot-message">{why}</p>;
    }
    return <ComparePlot compared={compared} plotAxis={plotAxis} drawn={drawn} figure={figure} />;
  };
  const left = shown.length - runs.length;
  return (
    <PlotCard
      id="compare"
      title={
        multiples ? say('compare.title.multiples') : say(`compare.title.${subject.kind}`, { layer: subject.layer })
      }
      definition={definitionOf(say, subject.kind, subject.measure)}
      subtitle={`${say('compare.count', { count: shown.length })}, ${measure}`}
      sign={say('compare.count', { count: shown.length })}
      controls={<CompareControls layers={deepest(shown)} />}
      settings={<CompareSettings />}
      figure={figure}
      axis={shown.length === 0 ? null : plotAxis.axis}
      formatX={plotAxis.format}
      sentence={() => sentence.take()}
      foot={
        shown.length > 0 && (
          <>
            {!multiples && <CompareLegend groups={groups} />}
            <CompareSentence compared={compared} drawn={drawn} told={sentence} />
            {left > 0 && !multiples && (
              <p className="soft">
                {subject.kind === 'accuracy'
                  ? say('compare.without-accuracy', { count: left })
                  : say('compare.without-layer', { count: left, layer: subject.layer })}
              </p>
            )}
          </>
        )
      }
      table={() => <CompareTable compared={compared} drawn={drawn} />}
      pinAt={pinAt}
    >
      {body()}
    </PlotCard>
  );
}

function definitionOf(
  say: ReturnType<typeof useWords>['say'],
  kind: Compared['subject']['kind'],
  measure: Compared['subject']['measure'],
): string {
  if (kind === 'cost' || kind === 'accuracy') return say(`compare.definition.${kind}`);
  return `${say(`compare.definition.${kind}`)} ${say('compare.definition.seeds')} ${say(`measure.${measure}.definition`)}`;
}

/** With no run to compare there is one thing to do. */
function NothingShown({ all }: { readonly all: readonly RunId[] }) {
  const { say } = useWords();
  const change = useChangeView();
  const isFar = useBackRow();
  return (
    <div className="plot-message">
      <p>{say('compare.empty')}</p>
      {!isFar && (
        <Button variant="light" onClick={() => change({ runs: all })} data-testid="compare-show-all">
          {say('compare.show-all', { count: all.length })}
        </Button>
      )}
    </div>
  );
}

const refreshEvery = 250;

type SentenceProps = { readonly compared: Compared; readonly drawn: Drawn; readonly told: Held<string> };

function CompareSentence({ compared, drawn, told }: SentenceProps) {
  const words = useWords();
  const now = useSampled(drawn, refreshEvery);
  const moving = useShown(refreshEvery)?.motion === 'playing';
  const text = compareSentence(words, compared.subject, factsOf(words, compared, now));
  return <Sentence text={text} moving={moving} told={told} />;
}
