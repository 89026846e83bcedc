/** How the class's answers are spread: a row for every choice, a bar for each round, the truth marked. */
import { VisuallyHidden } from '@mantine/core';
import { type GuessChoice, guessChoices, type GuessTally } from '../../shared/protocol/guesses.ts';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { saidChoice, shortChoice } from './said.ts';

/** Stands beside the counts that one is among oneself. */
const ownSign = '◆';

type Props = {
  readonly tallies: readonly GuessTally[];
  /** The choice that is nearest to the truth, and the truth as it is said; null where it is not known. */
  readonly truth: { readonly choice: GuessChoice; readonly said: string } | null;
  /** What the person at this page chose in each round. */
  readonly own: readonly (GuessChoice | null)[];
};

/** Draws the rows and says what the bars are. */
export function Spread({ tallies, truth, own }: Props) {
  const words = useWords();
  const { say, language } = words;
  const rounds = tallies.map(({ choices }, n) => ({
    name: n === 0 ? ('first' as const) : ('second' as const),
    choices,
    own: own[n] ?? null,
  }));
  const most = Math.max(1, ...rounds.flatMap(({ choices }) => Object.values(choices)));
  // Where nobody has chosen something in any round, one zero says so.
  const roundsOf = (choice: GuessChoice): typeof rounds =>
    rounds.some(({ choices }) => (choices[choice] ?? 0) > 0) ? rounds : rounds.slice(0, 1);
  return (
    <div className="spread" data-testid="guess-spread">
      <p className="spread-legend">
        <span>{say('guess.spread')}</span>
        {rounds.length > 1 &&
          rounds.map(({ name }) => (
            <span key={name}>
              <i className={`spread-bar ${name}`} aria-hidden="true" /> {say(`guess.spread.${name}`)}
            </span>
          ))}
        {own.some((choice) => choice !== null) && (
          <span className="spread-own">
            {ownSign} {say('guess.spread.you')}
          </span>
        )}
      </p>
      <ul>
        {guessChoices.map((choice) => (
          <li key={choice} className={truth?.choice === choice ? 'true' : undefined} data-testid={`spread-${choice}`}>
            <span className="spread-choice">
              <span aria-hidden="true">{shortChoice(words, choice)}</span>
              <VisuallyHidden>{saidChoice(words, choice)}</VisuallyHidden>
            </span>
            <span className="spread-rounds">
              {roundsOf(choice).map(({ name, choices, own: mine }) => (
                <span key={name} className="spread-round" data-count={choices[choice] ?? 0}>
                  {rounds.length > 1 && <VisuallyHidden>{say(`guess.spread.${name}`)}</VisuallyHidden>}
                  <i
                    className={`spread-bar ${name}`}
                    style={{ width: `${(80 * (choices[choice] ?? 0)) / most}%` }}
                    aria-hidden="true"
                  />
                  {wholeNumber(choices[choice] ?? 0, language)}
                  {mine === choice && (
                    <span className="spread-own" role="img" aria-label={say('guess.spread.you')}>
                      {ownSign}
                    </span>
                  )}
                </span>
              ))}
              {truth?.choice === choice && <span className="spread-truth">{truth.said}</span>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
