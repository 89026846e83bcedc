/** Answering a poll: choose, send, and change the answer until the poll is closed. Nothing is chosen beforehand. */
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRoom, useRoomView, useWaiting, useYou } from '../room/context.tsx';
import type { CommandInput } from '../../shared/protocol/commands.ts';
import { fixedLimits } from '../../shared/protocol/limits.ts';
import { secretRound } from '../../shared/protocol/poll-secrets.ts';
import type { Poll, PollAnswer } from '../../shared/protocol/polls.ts';
import { lookUp } from '../../shared/protocol/state.ts';
import { letterOf } from './figures.ts';
import { numberTyped } from './typed.ts';

/** What the person at this page has answered in the current round; undefined: nothing yet. */
function useOwnAnswer({ id, round }: Pick<Poll, 'id' | 'round'>): PollAnswer | undefined {
  const you = useYou();
  const { answers } = useRoomView(({ secrets }) => secretRound(secrets.polls, id, round));
  return lookUp(answers, you.id);
}

/** Draws the form of a round; give it the poll's id and round as key. */
export function AnswerForm({ poll }: { readonly poll: Poll }) {
  const { say } = useWords();
  const room = useRoom();
  const sending = useWaiting('answer-poll', poll.id);
  const own = useOwnAnswer(poll);
  const [options, setOptions] = useState<readonly number[]>(own !== undefined && 'options' in own ? own.options : []);
  const [typed, setTyped] = useState(
    own === undefined ? '' : 'number' in own ? String(own.number) : 'text' in own ? own.text : '',
  );
  const answer = answerOf(poll, options, typed);
  const isSent = own !== undefined && JSON.stringify(own) === JSON.stringify(answer);
  return (
    <form
      className="poll-answer"
      onSubmit={(event) => {
        event.preventDefault();
        if (answer !== null && !isSent) void room.send('answer-poll', { poll: poll.id, answer });
      }}
    >
      {poll.options.length > 0 ? (
        <Options poll={poll} chosen={options} onChoose={setOptions} />
      ) : (
        <TextInput
          size="md"
          label={say(poll.kind === 'number' ? 'poll.your.number' : 'poll.your.text')}
          description={poll.kind === 'text' ? say('poll.text.hint') : null}
          inputMode={poll.kind === 'number' ? 'decimal' : 'text'}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={poll.kind === 'number' && typed.trim() !== '' && answer === null ? say('poll.number.wrong') : null}
          maxLength={fixedLimits.pollTextLength}
          autoComplete="off"
          data-testid="poll-typed"
        />
      )}
      <div className="poll-send">
        <Button
          type="submit"
          size="md"
          loading={sending}
          disabled={answer === null || isSent}
          data-testid="poll-answer"
        >
          {say(own === undefined ? 'poll.send' : 'poll.change')}
        </Button>
        <span role="status" className="soft" data-testid="poll-sent">
          {isSent ? say('poll.sent') : ''}
        </span>
      </div>
    </form>
  );
}

type Sendable = CommandInput<'answer-poll'>['answer'];

function answerOf({ kind }: Poll, options: readonly number[], typed: string): Sendable | null {
  if (kind === 'choice' || kind === 'choices') return options.length === 0 ? null : { options: [...options] };
  // As the room will keep it, so that it is known again.
  const text = typed.normalize('NFKC').replace(/\s+/g, ' ').trim();
  if (kind === 'text') return text === '' ? null : { text };
  const number = numberTyped(typed);
  return number === null ? null : { number };
}

type OptionsProps = {
  readonly poll: Poll;
  readonly chosen: readonly number[];
  readonly onChoose: (options: readonly number[]) => void;
};

function Options({ poll, chosen, onChoose }: OptionsProps) {
  const { say } = useWords();
  const several = poll.kind === 'choices';
  return (
    <fieldset className="poll-options">
      <legend className="soft">{say(several ? 'poll.choose.several' : 'poll.choose.one')}</legend>
      {poll.options.map((option, index) => {
        const others = chosen.filter((one) => one !== index);
        const add = (): readonly number[] => (several ? [...others, index].toSorted((a, b) => a - b) : [index]);
        return (
          <label key={option} className="poll-choice">
            <input
              type={several ? 'checkbox' : 'radio'}
              name={poll.id}
              checked={chosen.includes(index)}
              onChange={({ currentTarget }) => onChoose(currentTarget.checked ? add() : others)}
              data-testid={`poll-choice-${index}`}
            />
            <span className="poll-letter">{letterOf(index)}</span>
            <span>{option}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
