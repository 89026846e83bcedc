/** The rescue: everybody changes one thing of a network that does not learn; what counts is the accuracy on digits it has not seen. */
import { Button, NativeSelect, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { estimateSeconds } from '../../shared/core/cost.ts';
import { fixedLimits } from '../../shared/protocol/limits.ts';
import type { RescueChallenge } from '../../shared/protocol/challenges.ts';
import { saidField, saidThing, saidValue } from '../../shared/words/difference.ts';
import { percent, times, wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { saidTime } from '../panels/said-time.ts';
import { useShownName } from '../people/shown-name.ts';
import { useMay, useRoom, useWaiting, useYou } from '../room/context.tsx';
import { useSpeed } from '../room/speed.ts';
import { useSpoken } from '../shell/live-region.tsx';
import { leading, type Outcome, ranked } from '../../shared/protocol/rescue-ranking.ts';
import { changeFor, remedies, type Remedy, remedyNames } from './rescue-facts.ts';
import type { CardProps } from './stage.tsx';
import './challenges.css';

const mostNamed = 2;
/** On the projector there is room for so many. */
const mostProjected = 8;

/** Draws the list of rescues, what they come to, and the form. */
export function RescueCard({ challenge, still }: CardProps<RescueChallenge>) {
  const words = useWords();
  const { say, language } = words;
  const you = useYou();
  const outcomes = ranked(challenge);
  const leaders = leading(outcomes);
  const [best] = leaders;
  const saidChange = (one: Outcome): string => saidThing(words, challenge.task.configuration, one.configuration);
  const values = {
    count: wholeNumber(leaders.length, language),
    change: best === undefined ? '' : saidChange(best),
    mean: best === undefined ? '' : percent(best.mean, language),
  };
  const told =
    best === undefined
      ? say(outcomes.length === 0 ? 'rescue.none' : 'rescue.training')
      : say(leaders.length > 1 ? 'rescue.unclear' : 'rescue.winner', values);
  useSpoken(told, !challenge.revealed);
  const shown = still ? outcomes.slice(0, mostProjected) : outcomes;
  return (
    <section className="card challenge" aria-labelledby={`title-${challenge.id}`} data-testid="rescue">
      <div className="sweep-head">
        <h2 id={`title-${challenge.id}`}>{say('rescue.title')}</h2>
        <span className="sweep-arrived">{say('rescue.count', { count: wholeNumber(outcomes.length, language) })}</span>
      </div>
      <p className="sentence" data-testid="rescue-sentence">
        {told}
      </p>
      {!still && <RescueForm challenge={challenge} />}
      {shown.length > 0 && (
        <div className="challenge-scroll">
          <table className="rescue-list" data-testid="rescue-list">
            <caption>
              <VisuallyHidden>{say('rescue.caption')}</VisuallyHidden>
            </caption>
            <thead>
              <tr>
                <th scope="col">{say('rescue.column.change')}</th>
                <th scope="col">{say('rescue.column.range', { seeds: challenge.task.seeds.length })}</th>
                <th scope="col" className="number">
                  {say('rescue.column.mean')}
                </th>
                <th scope="col" className="number">
                  {say('rescue.column.ratio')}
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => (
                <tr key={one.index} data-own={one.by.includes(you.id)} data-leads={leaders.includes(one)}>
                  <th scope="row">
                    {saidChange(one)}
                    <By one={one} />
                  </th>
                  <td className="rescue-range">
                    <Range one={one} leads={leaders.includes(one)} />
                  </td>
                  <td className="number">{one.accuracies.length === one.seeds ? percent(one.mean, language) : '…'}</td>
                  <td className="number">{Number.isFinite(one.ratio) ? times(one.ratio, language) : '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="soft">{say('rescue.legend')}</p>
    </section>
  );
}

/** Whose change it is; the first of them by name. */
function By({ one }: { readonly one: Outcome }) {
  const { say, language } = useWords();
  const nameOf = useShownName();
  const named = one.by.slice(0, mostNamed).map(nameOf).join(' · ');
  const others = one.by.length - mostNamed;
  return (
    <span className="soft">
      {' '}
      {named}
      {others > 0 && ` ${say('rescue.others', { count: wholeNumber(others, language) })}`}
    </span>
  );
}

/** A bar from the worst seed to the best, and a dot for each, from 0 to 100 percent. */
function Range({ one, leads }: { readonly one: Outcome; readonly leads: boolean }) {
  const { say, language } = useWords();
  if (one.accuracies.length === 0) return <span className="soft">{say('rescue.waits')}</span>;
  const label = one.accuracies.map((accuracy) => percent(accuracy, language)).join(', ');
  return (
    <svg viewBox="0 0 200 20" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect className="rescue-bar" x={0} y={9} width={200} height={2} />
      <rect
        className={leads ? 'rescue-lead' : 'rescue-dot'}
        opacity={0.35}
        x={200 * one.low}
        y={5}
        width={Math.max(1, 200 * (one.high - one.low))}
        height={10}
      />
      {one.accuracies.map((accuracy, seed) => (
        <rect
          key={seed}
          className={leads ? 'rescue-lead' : 'rescue-dot'}
          x={200 * accuracy - 1}
          y={2}
          width={2}
          height={16}
        />
      ))}
    </svg>
  );
}

function RescueForm({ challenge }: { readonly challenge: RescueChallenge }) {
  const words = useWords();
  const { say, language } = words;
  const room = useRoom();
  const you = useYou();
  const may = useMay('try-rescue');
  const trying = useWaiting('try-rescue');
  const { rates, threads } = useSpeed();
  const [remedy, setRemedy] = useState<Remedy>('activation');
  const [nth, setNth] = useState(0);
  const { task, rescues, engine } = challenge;
  const tried = rescues.filter(({ by }) => by.includes(you.id)).length;
  const left = fixedLimits.rescuesEach - tried;
  if (!may || challenge.revealed) return null;
  if (left <= 0) return <p className="soft">{say('rescue.over')}</p>;
  const values: readonly (number | string | boolean)[] = remedies[remedy];
  const value = values[nth] ?? values[0];
  const its = rates[engine];
  const time =
    its === undefined ? '' : saidTime(words, (task.seeds.length * estimateSeconds(task.configuration, its)) / threads);
  const train = (): void => {
    if (value === undefined) return;
    void room.send('try-rescue', { challenge: challenge.id, change: changeFor(task.configuration, remedy, value) });
  };
  return (
    <div className="rescue-form">
      <NativeSelect
        label={say('rescue.field')}
        value={remedy}
        onChange={({ currentTarget: { value: next } }) => {
          setRemedy(remedyNames.find((name) => name === next) ?? 'activation');
          setNth(0);
        }}
        data={remedyNames.map((name) => ({ value: name, label: saidField(say, name) }))}
        data-testid="rescue-field"
      />
      <NativeSelect
        label={say('rescue.value')}
        value={String(nth)}
        onChange={({ currentTarget: { value: next } }) => setNth(Number(next))}
        data={values.map((one, n) => ({ value: String(n), label: saidValue(say, language, remedy, one) }))}
        data-testid="rescue-value"
      />
      <Button size="md" loading={trying} onClick={train} data-testid="rescue-try">
        {say('rescue.try', { seeds: task.seeds.length })}
      </Button>
      <span className="soft">
        {say('rescue.left', { count: left })} {time === '' ? '' : say('rescue.time', { time, budget: task.budget })}
      </span>
    </div>
  );
}
