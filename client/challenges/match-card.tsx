/** The match: curves without names, configurations without curves. Everybody matches all of them, and then sees how the class did. */
import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { MatchChallenge } from '../../shared/protocol/challenges.ts';
import { lookUp } from '../../shared/protocol/state.ts';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useSaid } from '../lesson/use-said.ts';
import { useFacts, useMay, useRoom, useRoomView, useWaiting, useYou } from '../room/context.tsx';
import { useSpoken } from '../shell/live-region.tsx';
import { Confusion } from './confusion.tsx';
import { withAnswer } from './match-facts.ts';
import { MatchPlot } from './match-plot.tsx';
import type { CardProps } from './stage.tsx';
import './challenges.css';

/** Draws the curves, and below them the form, or what came out. */
export function MatchCard({ challenge, still }: CardProps<MatchChallenge>) {
  const { say, language } = useWords();
  const said = useSaid();
  const { people } = useFacts();
  const { task, points, answered, truth } = challenge;
  const count = task.configurations.length;
  const isReady = points.length === count;
  const students = Object.values(people).filter(({ role, here }) => role === 'student' && here).length;
  const told = isReady
    ? say('match.answered', {
        answered: wholeNumber(answered.length, language),
        of: wholeNumber(Math.max(students, answered.length), language),
      })
    : say('match.coming', { count: wholeNumber(points.length, language), of: wholeNumber(count, language) });
  useSpoken(truth === null ? told : '', true);
  return (
    <section
      className={`card challenge match${truth === null ? '' : ' revealed'}`}
      aria-labelledby={`title-${challenge.id}`}
      data-testid="match"
    >
      <div className="sweep-head">
        <h2 id={`title-${challenge.id}`}>{say('match.title')}</h2>
        <span className="sweep-arrived" data-testid="match-standing">
          {truth === null ? told : say('match.over')}
        </span>
      </div>
      <MatchPlot
        points={points}
        names={truth === null ? null : truth.order.map((nth) => said(task.configurations[nth]?.name ?? none))}
        projected={still}
      />
      {truth !== null && <Confusion challenge={challenge} truth={truth} />}
      {truth === null && isReady && still && (
        <ul className="match-names">
          {task.configurations.map(({ name }) => (
            <li key={name.en}>{said(name)}</li>
          ))}
        </ul>
      )}
      {truth === null && isReady && !still && <MatchForm challenge={challenge} />}
    </section>
  );
}

const none = { en: '', 'zh-CN': '' };

/** For every curve a configuration; one that is given to another curve changes places with it. */
function MatchForm({ challenge }: { readonly challenge: MatchChallenge }) {
  const { say } = useWords();
  const said = useSaid();
  const room = useRoom();
  const you = useYou();
  const may = useMay('match');
  const sending = useWaiting('match');
  const { configurations } = challenge.task;
  const sent = useRoomView(({ secrets }) => lookUp(secrets.challenges ?? {}, challenge.id)?.answers[you.id] ?? null);
  const [answer, setAnswer] = useState<readonly (number | null)[]>(() => sent ?? configurations.map(() => null));
  if (!may) return null;
  const whole = answer.flatMap((one) => (one === null ? [] : [one]));
  const isWhole = whole.length === configurations.length;
  const isSent = sent !== null && JSON.stringify(sent) === JSON.stringify(answer);
  return (
    <form
      className="match-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) void room.send('match', { challenge: challenge.id, answer: whole });
      }}
    >
      {configurations.map((_, curve) => (
        <NativeSelect
          key={curve}
          label={say('match.curve', { curve: curve + 1 })}
          value={String(answer[curve] ?? '')}
          onChange={({ currentTarget: { value } }) => {
            if (value !== '') setAnswer((known) => withAnswer(known, curve, Number(value)));
          }}
          data={[
            { value: '', label: say('match.choose'), disabled: true },
            ...configurations.map(({ name }, n) => ({ value: String(n), label: said(name) })),
          ]}
          data-testid={`match-curve-${curve}`}
        />
      ))}
      <Button type="submit" size="md" loading={sending} disabled={!isWhole || isSent} data-testid="match-send">
        {say(sent === null ? 'match.send' : 'match.again')}
      </Button>
      <p role="status" data-testid="match-status">
        {isSent ? say('match.sent') : ''}
      </p>
    </form>
  );
}
