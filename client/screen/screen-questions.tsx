/** The most wanted questions on the projector, when whoever leads wants them there. */
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useFacts } from '../room/context.tsx';
import { Icon } from '../shell/icons.tsx';
import { inOrderOfWant } from '../../shared/protocol/questions.ts';

const most = 3;

/** Draws the first open questions, without names. */
export function ScreenQuestions() {
  const { say, language } = useWords();
  const { questions, questionRules } = useFacts();
  const open = inOrderOfWant(questions).filter(({ standing }) => standing.kind === 'open');
  if (!questionRules.screen || open.length === 0) return null;
  return (
    <section className="projection-panel" data-testid="screen-questions">
      <h2>{say('screen.questions')}</h2>
      <ol className="projection-questions">
        {open.slice(0, most).map(({ id, text, votes }) => (
          <li key={id}>
            <span className="number projection-votes">
              <Icon name="up" />
              {wholeNumber(votes.length, language)}
            </span>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
