/** One question: how many want it answered, what it says, its answer, and what may be done with it. */
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useShownName } from '../people/shown-name.ts';
import { useMay, useRoom, useWaiting, useYou } from '../room/context.tsx';
import { Icon } from '../shell/icons.tsx';
import { fixedLimits } from '../../shared/protocol/limits.ts';
import type { Question } from '../../shared/protocol/questions.ts';

/** Draws the question. */
export function QuestionCard({ question }: { readonly question: Question }) {
  const { say } = useWords();
  const nameOf = useShownName();
  const you = useYou();
  const leads = useMay('answer-question');
  const { id, author, text, standing, hiddenBy } = question;
  const isOwn = author === you.id;
  // Who asked is told to those who answer; among each other people ask without a name.
  const by = isOwn ? say('question.yours') : leads ? nameOf(author) : '';
  return (
    <article className="question" data-testid={id} data-standing={standing.kind}>
      <Want question={question} isOwn={isOwn} />
      <div className="question-body">
        <p>{text}</p>
        {standing.kind === 'answered' && (
          <p className="question-answer">
            <Icon name="check" size={16} /> {standing.text === '' ? say('question.aloud') : standing.text}
          </p>
        )}
        {by !== '' && <p className="soft">{by}</p>}
        {leads ? (
          <HostButtons question={question} />
        ) : (
          isOwn && hiddenBy === null && standing.kind === 'open' && <HideButton question={question} own />
        )}
      </div>
    </article>
  );
}

function Want({ question, isOwn }: { readonly question: Question; readonly isOwn: boolean }) {
  const { say, language } = useWords();
  const room = useRoom();
  const you = useYou();
  const { id, votes, standing, hiddenBy } = question;
  const may = useMay('want-answer') && !isOwn && standing.kind === 'open' && hiddenBy === null;
  const wanted = votes.includes(you.id);
  const count = wholeNumber(votes.length, language);
  if (!may) {
    return (
      <span className="question-votes number" aria-label={say('question.votes', { count: votes.length, shown: count })}>
        {count}
      </span>
    );
  }
  return (
    <button
      type="button"
      className="plain-button question-votes"
      aria-pressed={wanted}
      aria-label={say('question.want', { count: votes.length, shown: count })}
      onClick={() => void room.send('want-answer', { question: id, wanted: !wanted })}
      data-testid={`want-${id}`}
    >
      <Icon name="up" size={16} />
      <span className="number">{count}</span>
    </button>
  );
}

function HideButton({ question: { id, hiddenBy }, own }: { readonly question: Question; readonly own: boolean }) {
  const { say } = useWords();
  const room = useRoom();
  const hiding = useWaiting('hide-question', id);
  const hidden = hiddenBy !== null;
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      loading={hiding}
      onClick={() => void room.send('hide-question', { question: id, hidden: !hidden })}
      data-testid={`hide-${id}`}
    >
      {say(hidden ? 'question.show' : own ? 'question.take-back' : 'question.hide')}
    </Button>
  );
}

function HostButtons({ question }: { readonly question: Question }) {
  const { say } = useWords();
  const room = useRoom();
  const answering = useWaiting('answer-question', question.id);
  const [writing, setWriting] = useState(false);
  const [text, setText] = useState('');
  const answer = async (said: string): Promise<void> => {
    const ack = await room.send('answer-question', { question: question.id, text: said });
    if (ack.ok) setWriting(false);
  };
  if (writing) {
    return (
      <form
        className="ask-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') void answer(text);
        }}
      >
        <TextInput
          label={say('question.answer.text')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={fixedLimits.questionAnswerLength}
          autoFocus
          data-testid="answer-text"
        />
        <div className="question-buttons">
          <Button type="submit" size="sm" loading={answering} disabled={text.trim() === ''} data-testid="answer-send">
            {say('question.answer.send')}
          </Button>
          <Button size="sm" variant="subtle" onClick={() => setWriting(false)}>
            {say('app.cancel')}
          </Button>
        </div>
      </form>
    );
  }
  return (
    <div className="question-buttons">
      {question.hiddenBy === null && question.standing.kind === 'open' && (
        <Button
          size="compact-sm"
          variant="light"
          loading={answering}
          onClick={() => void answer('')}
          data-testid={`aloud-${question.id}`}
        >
          {say('question.answer.aloud')}
        </Button>
      )}
      {question.hiddenBy === null && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => setWriting(true)}
          data-testid={`write-${question.id}`}
        >
          {say('question.answer.write')}
        </Button>
      )}
      <HideButton question={question} own={false} />
    </div>
  );
}
