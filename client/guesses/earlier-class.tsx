/** What a class of before said to the same question of the lesson, where its host kept that. */
import { guessChoices, type Guess } from '../../shared/protocol/guesses.ts';
import { percent, wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useFacts } from '../room/context.tsx';
import { saidChoice } from './said.ts';

/** Draws one sentence: the most frequent answer of before, with its share; nothing where there is none. */
export function EarlierClass({ guess }: { readonly guess: Guess }) {
  const words = useWords();
  const { say, language } = words;
  const { lesson, prepared } = useFacts();
  const step = Object.entries(lesson?.guesses ?? {}).find(([, id]) => id === guess.id)?.[0];
  const tally = prepared?.tallies?.find((one) => String(one.step) === step);
  if (tally === undefined) return null;
  const count = (choice: (typeof guessChoices)[number]): number => tally.choices[choice] ?? 0;
  const most = guessChoices.reduce((best, choice) => (count(choice) > count(best) ? choice : best));
  const all = guessChoices.reduce((sum, choice) => sum + count(choice), 0);
  return (
    <p className="soft" data-testid="earlier-class">
      {say('guess.earlier', {
        share: percent(count(most) / all, language, 0),
        choice: saidChoice(words, most),
        of: wholeNumber(all, language),
      })}
    </p>
  );
}
