/** What the plot shows: its title and the run that it belongs to. */
import { useWords } from '../i18n/words.ts';
import type { RoomRun } from '../../shared/protocol/state.ts';
import { RunMark } from './run-mark.tsx';

/** Draws the title of the plot of a run. */
export function PlotHeading({ run }: { readonly run: RoomRun }) {
  const { say } = useWords();
  return (
    <header className="plot-heading">
      <h2 title={say('plot.measure')}>{say('plot.title', { count: run.configuration.hidden.length })}</h2>
      <span className="plot-run">
        <RunMark label={run.label} /> {say('plot.run', { label: run.label })}
      </span>
    </header>
  );
}
