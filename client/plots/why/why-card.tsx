/** Why layers learn at different speeds: what the weights and the slope make of the gradient, and what the neurons do. */
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/words.ts';
import { RunMark } from '../../panels/run-mark.tsx';
import { useRoom } from '../../room/context.tsx';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { useView } from '../../view/context.tsx';
import type { Cursor } from '../../view/link.ts';
import type { Figure } from '../card/figure.ts';
import type { PinPlace } from '../card/pin-form.tsx';
import { PlotCard } from '../card/plot-card.tsx';
import { useHeld } from '../held.ts';
import { useAlone, useXAxis } from '../use-x-axis.ts';
import { FactorsPart, FactorsTable } from './factors-part.tsx';
import { NeuronsPart, NeuronsTable } from './neurons-part.tsx';
import { SpreadPart, SpreadTable } from './spread-part.tsx';
import { WhyControls } from './why-controls.tsx';
import { WhyLine } from './why-line.tsx';

/** Draws the card of a run. */
export function WhyCard({ run }: { readonly run: RoomRun }) {
  const { say } = useWords();
  const { stage } = useRoom();
  const part = useView((view) => view.why);
  const layer = useView((view) => view.layer);
  const figure = useHeld<Figure | null>(null);
  const told = useHeld('');
  const { axis, units, format } = useXAxis(useAlone(run), 8);
  const pinAt = (cursor: Cursor | null): PinPlace | null => {
    const shown = stage.current();
    const step = cursor === null ? shown?.measured : Math.round(units[0]?.stepOf(cursor.value) ?? 0);
    if (step === undefined || step < 0) return null;
    return { run: run.id, label: run.label, step, layer: cursor?.layer ?? layer };
  };
  const drawing = (): ReactNode => {
    switch (part) {
      case 'factors':
        return <FactorsPart key={run.id} run={run} figure={figure} />;
      case 'slope':
      case 'values':
        return <SpreadPart key={`${run.id} ${part}`} run={run} kind={part} figure={figure} />;
      case 'neurons':
        return <NeuronsPart key={run.id} run={run} figure={figure} />;
      default:
        return part satisfies never;
    }
  };
  const table = (): ReactNode => {
    switch (part) {
      case 'factors':
        return <FactorsTable run={run} />;
      case 'slope':
      case 'values':
        return <SpreadTable run={run} kind={part} />;
      case 'neurons':
        return <NeuronsTable run={run} />;
      default:
        return part satisfies never;
    }
  };
  return (
    <PlotCard
      id="why"
      title={say(`why.title.${part}`)}
      definition={say(`why.definition.${part}`)}
      subtitle={say('plot.run', { label: run.label })}
      sign={
        <>
          <RunMark label={run.label} /> {say('plot.run', { label: run.label })}
        </>
      }
      figure={figure}
      axis={part === 'factors' ? axis : null}
      formatX={format}
      sentence={() => told.take()}
      foot={<WhyLine run={run} told={told} />}
      controls={<WhyControls run={run} />}
      table={table}
      pinAt={pinAt}
    >
      {drawing()}
    </PlotCard>
  );
}
