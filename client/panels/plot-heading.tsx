/** What the plot shows: its title and the run that it belongs to. */
import { useWords } from '../i18n/words.ts';
import type { RoomRun } from '../../shared/protocol/state.ts';
import { useView } from '../view/context.tsx';
import { RunMark } from './run-mark.tsx';

/** Draws the title of the plot of a run. */
export function PlotHeading({ run }: { readonly run: RoomRun }) {
  const { say } = useWords();
  const measure = useView((view) => (view.book ? 'speed' : view.measure));
  return (
    <header className="plot-heading">
      <h2>{say(`plot.title.${measure}`, { count: run.configuration.hidden.length })}</h2>
      <span className="plot-run">
        <RunMark label={run.label} /> {say('plot.run', { label: run.label })}
      </span>
    </header>
  );
}
