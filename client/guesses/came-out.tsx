/** What came out of a guess, for a page and for the projector: the spread with the truth in it, and who was the slowest. */
import { choiceNearest, type Guess, type GuessChoice, type GuessTally } from '../../shared/protocol/guesses.ts';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { EarlierClass } from './earlier-class.tsx';
import { saidRatio } from './said.ts';
import { Spread } from './spread.tsx';

type Props = {
  readonly guess: Guess;
  /** What the person at this page chose in each round. */
  readonly own: readonly (GuessChoice | null)[];
};

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Rounds in which anybody answered, the first in any case. */
const roundsOf = (tallies: readonly GuessTally[]): GuessTally[] =>
  tallies.filter(({ choices }, n) => n === 0 || sumOf(choices) > 0);

/** Draws both of a guess that is revealed. */
export function CameOut({ guess, own }: Props) {
  const words = useWords();
  const { say, language } = words;
  const { standing, asks } = guess;
  if (standing.kind !== 'revealed') return null;
  const { truth, tallies } = standing;
  const rounds = roundsOf(tallies);
  const slowest = rounds.at(-1)?.slowest ?? {};
  const choice = truth === null ? null : choiceNearest(truth.ratio);
  return (
    <>
      <Spread
        tallies={rounds}
        truth={
          truth === null || choice === null
            ? null
            : { choice, said: say('guess.spread.truth', { truth: saidRatio(words, truth.ratio) }) }
        }
        own={own}
      />
      <EarlierClass guess={guess} />
      {asks.slowest && truth !== null && (
        <p className="soft" data-testid="guess-slowest">
          {say('guess.slowest.was', {
            layer: truth.slowest,
            right: wholeNumber(slowest[truth.slowest] ?? 0, language),
            of: wholeNumber(sumOf(slowest), language),
          })}
        </p>
      )}
    </>
  );
}
