/** Asking a question: one line, and in slow mode the time until the next one. */
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { useFacts, useRoom, useWaiting, useYou } from '../room/context.tsx';
import { useSecondsLeft } from '../polls/time-left.tsx';
import { fixedLimits } from '../../shared/protocol/limits.ts';
import { mayAskAt } from '../../shared/protocol/questions.ts';

/** Draws the form. */
export function AskForm() {
  const { say } = useWords();
  const room = useRoom();
  const you = useYou();
  const { questions, questionRules } = useFacts();
  const sending = useWaiting('ask');
  const [text, setText] = useState('');
  const again = mayAskAt(questions, questionRules, you.id);
  const wait = useSecondsLeft(again === 0 ? null : again) ?? 0;
  const ask = async (): Promise<void> => {
    const ack = await room.send('ask', { text });
    if (ack.ok) setText('');
  };
  return (
    <form
      className="ask-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '' && wait === 0) void ask();
      }}
    >
      <TextInput
        label={say('question.ask')}
        description={say('question.ask.hint')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={fixedLimits.questionLength}
        autoComplete="off"
        data-testid="question-text"
      />
      <div className="question-buttons">
        <Button type="submit" loading={sending} disabled={text.trim() === '' || wait > 0} data-testid="question-ask">
          {say('question.send')}
        </Button>
        {wait > 0 && (
          <span className="soft number" data-testid="question-wait">
            {say('question.wait', { count: wait })}
          </span>
        )}
      </div>
    </form>
  );
}
