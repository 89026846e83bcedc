/** What whoever leads does with a poll: close it, ask again, reveal it; and see what only they may see. */
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { Toggle } from '../plots/card/toggle.tsx';
import { useRoom, useRoomView, useWaiting } from '../room/context.tsx';
import { isShown, secretRound } from '../../shared/protocol/poll-secrets.ts';
import { type Poll, tallyOf } from '../../shared/protocol/polls.ts';
import { letterOf } from './figures.ts';
import { PollResults } from './results.tsx';

/** Draws the controls of a poll; one that is led by the lesson is closed and revealed elsewhere. */
export function PollControls({ poll, led }: { readonly poll: Poll; readonly led: boolean }) {
  const { say } = useWords();
  const room = useRoom();
  const closing = useWaiting('close-poll', poll.id);
  const again = useWaiting('poll-again', poll.id);
  const revealing = useWaiting('reveal-poll', poll.id);
  const [right, setRight] = useState<readonly number[]>([]);
  const about = { poll: poll.id };
  const { kind } = poll.standing;
  if (kind === 'revealed') return poll.kind === 'text' ? <PrivateAnswers poll={poll} /> : null;
  const flip = (option: number): void =>
    setRight(right.includes(option) ? right.filter((one) => one !== option) : [...right, option]);
  const inPrivate = (
    <>
      <PrivateAnswers poll={poll} />
      {poll.options.length > 0 && <Hands poll={poll} />}
    </>
  );
  if (led) return inPrivate;
  return (
    <>
      <div className="poll-buttons">
        {kind === 'open' ? (
          <Button loading={closing} onClick={() => void room.send('close-poll', about)} data-testid="poll-close">
            {say('poll.close')}
          </Button>
        ) : (
          <Button
            loading={revealing}
            onClick={() => void room.send('reveal-poll', { ...about, right: [...right] })}
            data-testid="poll-reveal"
          >
            {say('poll.reveal')}
          </Button>
        )}
        {kind === 'closed' && poll.round === 1 && (
          <Button
            variant="default"
            loading={again}
            onClick={() => void room.send('poll-again', { ...about, seconds: 60 })}
            data-testid="poll-again"
          >
            {say('poll.again')}
          </Button>
        )}
      </div>
      {kind === 'closed' && poll.options.length > 0 && (
        <fieldset className="poll-right-choice">
          <legend className="soft">{say('poll.right.choose')}</legend>
          {poll.options.map((option, index) => (
            <Toggle
              key={option}
              text={letterOf(index)}
              pressed={right.includes(index)}
              hook={`poll-right-${index}`}
              onPress={() => flip(index)}
            />
          ))}
        </fieldset>
      )}
      {inPrivate}
    </>
  );
}

/** The answers so far. Closed at first: this page may be on the projector. */
function PrivateAnswers({ poll }: { readonly poll: Poll }) {
  const { say } = useWords();
  const secrets = useRoomView((view) => view.secrets.polls);
  const tallies = poll.answered.map((_, n) => tallyOf(poll, secretRound(secrets, poll.id, n + 1), () => true));
  const texts = [...new Set(tallies.flatMap((tally) => ('texts' in tally ? tally.texts.map(([text]) => text) : [])))];
  return (
    <details className="poll-private">
      <summary data-testid="poll-peek">{say(poll.kind === 'text' ? 'poll.moderate' : 'poll.peek')}</summary>
      {poll.kind === 'text' ? (
        <ul className="poll-moderation">
          {texts.length === 0 && <li className="soft">{say('poll.answers.none')}</li>}
          {texts.map((text) => (
            <OneText key={text} poll={poll} text={text} shown={isShown(secrets, poll.id, text)} />
          ))}
        </ul>
      ) : (
        <PollResults poll={poll} tallies={tallies} right={[]} />
      )}
    </details>
  );
}

type OneTextProps = { readonly poll: Poll; readonly text: string; readonly shown: boolean };

function OneText({ poll, text, shown }: OneTextProps) {
  const { say, language } = useWords();
  const room = useRoom();
  const secrets = useRoomView((view) => view.secrets.polls);
  const times = poll.answered.reduce((sum, _, n) => {
    const answers = Object.values(secretRound(secrets, poll.id, n + 1).answers);
    return sum + answers.filter((answer) => 'text' in answer && answer.text === text).length;
  }, 0);
  return (
    <li className="poll-judged">
      <span>
        {text}
        {times > 1 && <span className="soft number"> × {wholeNumber(times, language)}</span>}
      </span>
      <Toggle
        text={say('poll.text.show')}
        pressed={shown}
        hook="poll-text-show"
        onPress={() => void room.send('show-answer', { poll: poll.id, text, shown: !shown })}
      />
    </li>
  );
}

/** Raised hands, where people have no device. */
function Hands({ poll }: { readonly poll: Poll }) {
  const { say } = useWords();
  const room = useRoom();
  const sending = useWaiting('count-poll-hands', poll.id);
  const { hands } = useRoomView(({ secrets }) => secretRound(secrets.polls, poll.id, poll.round));
  const [typed, setTyped] = useState<Readonly<Record<number, number>>>({});
  const counts = poll.options.map((_, n) => typed[n] ?? hands[n] ?? 0);
  return (
    <details className="poll-private">
      <summary data-testid="poll-hands">{say('poll.hands')}</summary>
      <form
        className="poll-hands"
        onSubmit={(event) => {
          event.preventDefault();
          void room.send('count-poll-hands', { poll: poll.id, hands: counts });
        }}
      >
        {poll.options.map((option, index) => (
          <TextInput
            key={option}
            label={`${letterOf(index)} ${option}`}
            inputMode="numeric"
            value={counts[index] ?? 0}
            onChange={({ currentTarget: { value } }) =>
              setTyped({ ...typed, [index]: Number(value.replaceAll(/\D/g, '').slice(0, 4)) })
            }
            data-testid={`poll-hands-${index}`}
          />
        ))}
        <Button type="submit" size="sm" variant="default" loading={sending} data-testid="poll-hands-save">
          {say('poll.hands.save')}
        </Button>
      </form>
    </details>
  );
}
