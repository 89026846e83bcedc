/** A guess that has been revealed: what oneself said, what it was, and how the class's answers are spread. */
import { choiceNearest, type Guess, type GuessChoice } from '../../shared/protocol/guesses.ts';
import type { RoomRun } from '../../shared/protocol/state.ts';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { useRoom, useYou } from '../room/context.tsx';
import { useSpoken } from '../shell/live-region.tsx';
import { leads } from '../../shared/protocol/roles.ts';
import { CameOut } from './came-out.tsx';
import { DrawnBeside } from './drawn-beside.tsx';
import { useOwnAnswer } from './hooks.ts';
import { Reasons } from './reasons.tsx';
import { saidChoice, saidOfLayer, saidRatio } from './said.ts';
import './guesses.css';

type Props = { readonly guess: Guess; readonly run: RoomRun };

/** The verdict in one sentence: you said 10, it was 118. */
export function Verdict({ guess, run }: Props) {
  const words = useWords();
  const { role } = useYou();
  const first = useOwnAnswer(guess, 1);
  const second = useOwnAnswer(guess, 2);
  const { standing } = guess;
  const own = second ?? first;
  const said = saidVerdict(words, guess, own?.choice ?? null, role === 'student', run.configuration.hidden.length);
  useSpoken(said, false);
  if (standing.kind !== 'revealed') return null;
  return (
    <p className="verdict" data-testid="guess-verdict">
      {said}
    </p>
  );
}

/** Says what oneself said, and what is true; `asked`: who says nothing has missed it. */
function saidVerdict(words: Words, guess: Guess, own: GuessChoice | null, asked: boolean, last: number): string {
  const { say, language } = words;
  const { standing, step } = guess;
  const truth = standing.kind === 'revealed' ? standing.truth : null;
  if (truth === null) return say('guess.verdict.unknown');
  const was = saidRatio(words, truth.ratio);
  if (own === null) {
    const values = { truth: was, last, step: wholeNumber(step, language) };
    return say(asked ? 'guess.verdict.none' : 'guess.verdict.plain', values);
  }
  const key = choiceNearest(truth.ratio) === own ? 'guess.verdict.right' : 'guess.verdict.own';
  return say(key, { said: saidOfLayer(words, own), truth: was });
}

/** Draws verdict, spread, and what else was asked. */
export function Revealed({ guess, run }: Props) {
  const words = useWords();
  const { say } = words;
  const you = useYou();
  const { alone } = useRoom();
  const first = useOwnAnswer(guess, 1);
  const second = useOwnAnswer(guess, 2);
  if (guess.standing.kind !== 'revealed') return null;
  const own = second ?? first;
  const drawn = own?.line ?? null;
  return (
    <section className="panel revealed" aria-labelledby="revealed-title" data-testid="guess-revealed">
      <h2 id="revealed-title">{say('guess.revealed')}</h2>
      <Verdict guess={guess} run={run} />
      {alone ? (
        <p>{own === null ? say('guess.own.none') : say('guess.own', { choice: saidChoice(words, own.choice) })}</p>
      ) : (
        <CameOut guess={guess} own={[first?.choice ?? null, second?.choice ?? null]} />
      )}
      {leads(you.role) && !alone && (
        <details className="guess-more">
          <summary>{say('guess.reasons.private')}</summary>
          <Reasons guess={guess} />
        </details>
      )}
      {drawn !== null && <DrawnBeside run={run} line={drawn} />}
    </section>
  );
}
