/** A guess on the projector: the question with its choices while it stands, the spread beside the plot when it is revealed. */
import { type Guess, guessChoices, turnout } from '../../shared/protocol/guesses.ts';
import { lookUp, type RoomRun } from '../../shared/protocol/state.ts';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { NetworkDrawing } from '../panels/network-drawing.tsx';
import { useFacts } from '../room/context.tsx';
import { CameOut } from './came-out.tsx';
import { saidChoice, saidQuestion, saidRatio } from './said.ts';
import { Timer } from './timer.tsx';
import './guesses.css';

/** Draws the question, large. */
export function GuessScreen({ guess }: { readonly guess: Guess }) {
  const words = useWords();
  const { say, language } = words;
  const { people, runs } = useFacts();
  const run = lookUp(runs, guess.run);
  if (run === undefined) return null;
  const { standing, round } = guess;
  const { answered, of } = turnout({ people }, guess);
  const until = standing.kind === 'open' ? standing.closesAt : standing.kind === 'discussing' ? standing.until : null;
  return (
    <section className="guess-screen" data-testid="guess-screen" data-standing={standing.kind}>
      <NetworkDrawing configuration={run.configuration} />
      <h2>{saidQuestion(words, guess, run.configuration.hidden.length)}</h2>
      <ul className="guess-screen-choices">
        {guessChoices.map((choice) => (
          <li key={choice}>{saidChoice(words, choice)}</li>
        ))}
      </ul>
      <p className="guess-screen-state">
        <strong>
          {standing.kind === 'open' && round === 2 ? say('guess.state.again') : say(`guess.state.${standing.kind}`)}
        </strong>
        <Timer until={until} />
        <span data-testid="guess-count">
          {of === 0
            ? say('guess.count.nobody')
            : say('guess.count', { answered: wholeNumber(answered, language), of: wholeNumber(of, language) })}
        </span>
      </p>
    </section>
  );
}

/** Draws the spread with the truth, large, beside the plot of its run. */
export function RevealedScreen({ guess, run }: { readonly guess: Guess; readonly run: RoomRun }) {
  const words = useWords();
  const { say, language } = words;
  if (guess.standing.kind !== 'revealed') return null;
  const { truth } = guess.standing;
  return (
    <section className="revealed-screen" data-testid="revealed-screen">
      <p className="verdict">
        {truth === null
          ? say('guess.verdict.unknown')
          : say('guess.verdict.plain', {
              truth: saidRatio(words, truth.ratio),
              last: run.configuration.hidden.length,
              step: wholeNumber(guess.step, language),
            })}
      </p>
      <CameOut guess={guess} own={[]} />
    </section>
  );
}
