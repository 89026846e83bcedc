/** Questions to whoever leads: ask, want an answer too, and for the host answer, hide, slow down, show on the projector. */
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { Toggle } from '../plots/card/toggle.tsx';
import { useFacts, useMay, useRoom } from '../room/context.tsx';
import { inOrderOfWant } from '../../shared/protocol/questions.ts';
import { AskForm } from './ask-form.tsx';
import { QuestionCard } from './question-card.tsx';
import './questions.css';

/** So many open questions are in the list at once; the others come up with their votes. */
const mostOpen = 50;

/** Draws the panel. */
export function QuestionsPanel() {
  const { say, language } = useWords();
  const { questions } = useFacts();
  const leads = useMay('answer-question');
  const may = useMay('ask');
  const inSight = inOrderOfWant(questions);
  const open = inSight.filter(({ standing }) => standing.kind === 'open');
  const answered = inSight.filter(({ standing }) => standing.kind === 'answered');
  const hidden = leads ? Object.values(questions).filter(({ hiddenBy }) => hiddenBy !== null) : [];
  const folded = [
    { name: 'answered', list: answered },
    { name: 'hidden', list: hidden },
  ] as const;
  return (
    <section className="panel questions" aria-labelledby="questions-title">
      <div className="panel-head">
        <h2 id="questions-title">{say('question.title')}</h2>
      </div>
      {may && !leads && <AskForm />}
      {leads && <Rules />}
      {open.length === 0 && <p className="soft">{say(leads ? 'question.none.host' : 'question.none')}</p>}
      <ol className="question-list">
        {open.slice(0, mostOpen).map((question) => (
          <li key={question.id}>
            <QuestionCard question={question} />
          </li>
        ))}
      </ol>
      {open.length > mostOpen && <p className="soft">{say('question.more', { count: open.length - mostOpen })}</p>}
      {folded
        .filter(({ list }) => list.length > 0)
        .map(({ name, list }) => (
          <details key={name} className="settled">
            <summary>
              {say(`question.${name}`, { count: list.length, shown: wholeNumber(list.length, language) })}
            </summary>
            <ol className="question-list">
              {list.map((question) => (
                <li key={question.id}>
                  <QuestionCard question={question} />
                </li>
              ))}
            </ol>
          </details>
        ))}
    </section>
  );
}

const slowTimes = [0, 30, 60, 300] as const;

/** How questions are taken. */
function Rules() {
  const { say } = useWords();
  const room = useRoom();
  const { slow, screen } = useFacts().questionRules;
  const [open, setOpen] = useState(false);
  return (
    <details className="question-rules" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{say(slow === 0 ? 'question.rules' : 'question.rules.slow', { seconds: slow })}</summary>
      <NativeSelect
        label={say('question.slow')}
        value={slow}
        onChange={({ currentTarget: { value } }) => void room.send('take-questions', { slow: Number(value) })}
        data={slowTimes.map((time) => ({
          value: String(time),
          label: time === 0 ? say('question.slow.off') : say('question.slow.seconds', { count: time }),
        }))}
        data-testid="question-slow"
      />
      <Toggle
        text={say('question.screen')}
        pressed={screen}
        hook="question-screen"
        onPress={() => void room.send('take-questions', { screen: !screen })}
      />
    </details>
  );
}
