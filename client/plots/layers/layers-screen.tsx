/** The home view on a projector: the curves and the sentence, nothing to press. */
import type { RoomRun } from '../../../shared/protocol/state.ts';
import type { Figure } from '../card/figure.ts';
import { useHeld } from '../held.ts';
import { SentenceLine } from './sentence-line.tsx';
import { useView } from '../../view/context.tsx';
import { useShownLength } from '../use-shown-length.ts';
import { useAlone, useXAxis } from '../use-x-axis.ts';
import { useMilestones } from './course.tsx';
import { LayersPlot } from './layers-plot.tsx';

/** Draws the view of a run; give it the run's id as key. */
export function LayersScreen({ run }: { readonly run: RoomRun }) {
  const figure = useHeld<Figure | null>(null);
  const book = useView((view) => view.book);
  const plotAxis = useXAxis(useAlone(run), 8, { book, length: useShownLength(run) });
  const milestones = useMilestones(run);
  return (
    <>
      <LayersPlot run={run} plotAxis={plotAxis} figure={figure} milestones={milestones} large />
      <SentenceLine />
    </>
  );
}
