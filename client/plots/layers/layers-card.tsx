/** The home view: the speed of learning of every layer of the run on show, with its sentence. */
import { useWords } from '../../i18n/words.ts';
import { useRoom } from '../../room/context.tsx';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { RunMark } from '../../panels/run-mark.tsx';
import { useView } from '../../view/context.tsx';
import type { Cursor } from '../../view/link.ts';
import type { Figure } from '../card/figure.ts';
import type { PinPlace } from '../card/pin-form.tsx';
import { useHeld } from '../held.ts';
import { PlotCard } from '../card/plot-card.tsx';
import { SentenceLine } from './sentence-line.tsx';
import { useShownLength } from '../use-shown-length.ts';
import { useAlone, useXAxis } from '../use-x-axis.ts';
import { Course, useMilestones } from './course.tsx';
import { LayersSettings } from './layers-settings.tsx';
import { LayersTable } from './layers-table.tsx';
import { LayersPlot } from './layers-plot.tsx';
import { definitionOf } from './measures.ts';

/** Draws the card of a run. */
export function LayersCard({ run }: { readonly run: RoomRun }) {
  const { say } = useWords();
  const { stage } = useRoom();
  const measure = useView((view) => (view.book ? 'speed' : view.measure));
  const book = useView((view) => view.book);
  const figure = useHeld<Figure | null>(null);
  const sentence = useHeld('');
  const plotAxis = useXAxis(useAlone(run), 8, { book, length: useShownLength(run) });
  const milestones = useMilestones(run);
  const { axis, units, format } = plotAxis;
  const pinAt = (cursor: Cursor | null): PinPlace | null => {
    const shown = stage.current();
    const step = cursor === null ? shown?.measured : Math.round(units[0]?.stepOf(cursor.value) ?? 0);
    if (step === undefined || step < 0) return null;
    return { run: run.id, label: run.label, step, layer: cursor?.layer ?? null };
  };
  return (
    <PlotCard
      id="layers"
      title={say(`plot.title.${measure}`, { count: run.configuration.hidden.length })}
      definition={say(definitionOf(measure))}
      subtitle={say('plot.run', { label: run.label })}
      sign={
        <>
          <RunMark label={run.label} /> {say('plot.run', { label: run.label })}
        </>
      }
      figure={figure}
      axis={axis}
      formatX={format}
      sentence={() => sentence.take()}
      foot={<SentenceLine told={sentence} />}
      strip={<Course run={run} milestones={milestones} />}
      settings={<LayersSettings />}
      table={() => <LayersTable run={run} plotAxis={plotAxis} />}
      pinAt={pinAt}
    >
      <LayersPlot key={run.id} run={run} plotAxis={plotAxis} figure={figure} milestones={milestones} />
    </PlotCard>
  );
}
