/** How the class's answers are spread: a row for every choice, the rounds side by side, the truth marked. */
import { type GuessChoice, guessChoices, type GuessTally } from '../../shared/protocol/guesses.ts';
import { wholeNumber } from '../i18n/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { saidChoice } from './said.ts';

/** Stands beside the counts that one is among oneself. */
const ownSign = '◆';

type Props = {
  readonly tallies: readonly GuessTally[];
  /** The choice that is nearest to the truth, and the truth as it is said; null where it is not known. */
  readonly truth: { readonly choice: GuessChoice; readonly said: string } | null;
  /** What the person at this page chose in each round. */
  readonly own: readonly (GuessChoice | null)[];
};

/** Draws the table of counts with their bars. */
export function Spread({ tallies, truth, own }: Props) {
  const words = useWords();
  const { say, language } = words;
  const counts = (choice: GuessChoice): number[] => tallies.map(({ choices }) => choices[choice] ?? 0);
  const most = Math.max(1, ...guessChoices.flatMap(counts));
  return (
    <table className="spread" data-testid="guess-spread">
      <caption>
        {say('guess.spread')}
        {own.some((choice) => choice !== null) && (
          <span className="spread-own">
            {ownSign} {say('guess.spread.you')}
          </span>
        )}
      </caption>
      {tallies.length > 1 && (
        <thead>
          <tr>
            <th scope="col">{say('guess.spread.choice')}</th>
            {tallies.map((_tally, round) => (
              <th key={round === 0 ? 'first' : 'second'} scope="col">
                {say(round === 0 ? 'guess.spread.first' : 'guess.spread.second')}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {guessChoices.map((choice) => (
          <tr key={choice} className={truth?.choice === choice ? 'true' : undefined} data-testid={`spread-${choice}`}>
            <th scope="row">
              {saidChoice(words, choice)}
              {truth?.choice === choice && <span className="spread-truth">{truth.said}</span>}
            </th>
            {counts(choice).map((count, round) => (
              <td key={round === 0 ? 'first' : 'second'} data-count={count}>
                <span className="spread-cell">
                  <span className={`spread-bar round-${round + 1}`} style={{ width: `${(count / most) * 100}%` }} />
                  <span>
                    {wholeNumber(count, language)}
                    {own[round] === choice && (
                      <span className="spread-own" role="img" aria-label={say('guess.spread.you')}>
                        {ownSign}
                      </span>
                    )}
                  </span>
                </span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
