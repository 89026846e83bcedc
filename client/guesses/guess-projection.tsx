/** A guess on the projector: alone, or beside the plot of another run where the host wants one there. */
import type { Guess } from '../../shared/protocol/guesses.ts';
import type { RoomRun } from '../../shared/protocol/state.ts';
import { ScreenDeck } from '../plots/deck.tsx';
import { GuessScreen } from './guess-screen.tsx';
import { usePlotBesideGuess } from './hooks.ts';

type Props = {
  readonly guess: Guess;
  /** The run on show, which is not the one behind the guess; null: none. */
  readonly run: RoomRun | null;
};

/** Draws the question, and what is beside it. */
export function GuessProjection({ guess, run }: Props) {
  const beside = usePlotBesideGuess();
  if (!beside || run === null) return <GuessScreen guess={guess} />;
  return (
    <div className="projection-halves">
      <section className="projection-plot">
        <ScreenDeck run={run} />
      </section>
      <section className="projection-aside guess-aside">
        <GuessScreen guess={guess} />
      </section>
    </div>
  );
}
