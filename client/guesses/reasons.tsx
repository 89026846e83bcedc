/** Why people answered as they did, without their names: to be read out, or not. Only for those who lead. */
import { type Guess, type GuessAnswer, guessChoices } from '../../shared/protocol/guesses.ts';
import { lookUp } from '../../shared/protocol/state.ts';
import { useWords } from '../i18n/words.ts';
import { useRoomView } from '../room/context.tsx';
import { shortChoice } from './said.ts';

/** Draws the reasons of all rounds, in the order of the choices; nothing where nobody gave one. */
export function Reasons({ guess }: { readonly guess: Guess }) {
  const words = useWords();
  const rounds = useRoomView(({ secrets }) => lookUp(secrets.guesses, guess.id));
  const given = (rounds ?? [])
    .flatMap(({ answers }, n) => Object.entries(answers).map(([who, answer]) => ({ key: `${n} ${who}`, answer })))
    .filter(({ answer }) => answer.reason !== '')
    .toSorted((one, other) => orderOf(one.answer) - orderOf(other.answer));
  if (given.length === 0) return null;
  return (
    <ul className="reasons" aria-label={words.say('guess.reasons')} data-testid="guess-reasons">
      {given.map(({ key, answer }) => (
        <li key={key}>
          <strong>{shortChoice(words, answer.choice)}</strong> {answer.reason}
        </li>
      ))}
    </ul>
  );
}

const orderOf = ({ choice }: GuessAnswer): number => guessChoices.indexOf(choice);
