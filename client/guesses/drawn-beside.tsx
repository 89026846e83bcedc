/** The line that somebody has drawn, and beside it the one that the run draws, as far as it has been shown. */
import { useCallback } from 'react';
import type { GuessAnswer } from '../../shared/protocol/guesses.ts';
import type { RoomRun } from '../../shared/protocol/state.ts';
import { useWords } from '../i18n/words.ts';
import { useFromShown, useRoom } from '../room/context.tsx';
import { planFor } from '../room/stage.ts';
import { highest, lowest } from './knots.ts';
import { LineAxes, padSize, pathOf } from './line-axes.tsx';

const mostPoints = 90;

/** Draws both lines over the axes of the guess. */
export function DrawnBeside({ run, line }: { readonly run: RoomRun; readonly line: GuessAnswer['line'] }) {
  const { say } = useWords();
  const room = useRoom();
  const came = useFromShown(
    400,
    useCallback((): string => {
      const frames = room.frames.of(run.id);
      const [first, last] = [frames.speedOf(1), frames.speedOf(run.configuration.hidden.length)];
      const count = first.countUpTo(room.stage.reach(run.id));
      const every = Math.max(1, Math.ceil(count / mostPoints));
      const { steps } = planFor(run);
      const points: [number, number][] = [];
      for (let n = 0; n < count; n += every) {
        const step = first.steps[n] ?? 0;
        const ratio = Math.log10((last.at(step) ?? Number.NaN) / (first.values[n] ?? Number.NaN));
        if (Number.isFinite(ratio)) points.push([step / steps, Math.min(highest, Math.max(lowest, ratio))]);
      }
      return pathOf(points);
    }, [room, run]),
  );
  return (
    <figure className="drawn-beside">
      <svg
        viewBox={`0 0 ${padSize.width} ${padSize.height}`}
        className="line-drawing still"
        role="img"
        aria-label={say('guess.line.beside')}
      >
        <LineAxes />
        <path d={pathOf(line)} fill="none" stroke="var(--lab-accent)" strokeWidth="3" strokeDasharray="7 5" />
        <path d={came} fill="none" stroke="var(--lab-ink)" strokeWidth="2" />
      </svg>
      <figcaption className="soft">{say('guess.line.beside')}</figcaption>
    </figure>
  );
}
