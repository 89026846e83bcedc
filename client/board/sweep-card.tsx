/** A class sweep as the room looks at it: how many have arrived, the plot, what it says, one's own value, and all of it as a table. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { percent, plainNumber, times, wholeNumber } from '../../shared/words/numbers.ts';
import { useShownName } from '../people/shown-name.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { saidField, saidValue } from '../../shared/words/difference.ts';
import { saidTime } from '../panels/said-time.ts';
import { useMay, useRoom, useWaiting, useYou } from '../room/context.tsx';
import { useSpeed } from '../room/speed.ts';
import { useSpoken } from '../shell/live-region.tsx';
import { applyChange } from '../../shared/protocol/configuration.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { changeTo, type Sweep, valueOf } from '../../shared/protocol/sweeps.ts';
import { type Dot, dotsOf, pathOf, rangeOf } from './sweep-facts.ts';
import { SweepPlot } from './sweep-plot.tsx';
import { useSweepTheory } from './use-sweep-theory.ts';
import { secondsOfSweep } from './sweep-values.ts';
import './board.css';

type Props = {
  readonly sweep: Sweep;
  /** On the projector there is nothing to press. */
  readonly still?: boolean;
};

/** Draws the sweep. */
export function SweepCard({ sweep, still = false }: Props) {
  const words = useWords();
  const { say, language } = words;
  const you = useYou();
  const [picked, setPicked] = useState<number | null>(null);
  const dots = dotsOf(sweep, you.id);
  const field = saidField(say, pathOf(sweep.field));
  const [count, all] = [dots.length, sweep.values.length];
  const told = saidSweep(words, sweep, dots);
  useSpoken(told, sweep.standing === 'measuring');
  const theory = useSweepTheory(sweep);
  const chosen = dots.find(({ index }) => index === picked);
  return (
    <section className="card sweep-card" aria-labelledby={`title-${sweep.id}`} data-testid={`card-${sweep.id}`}>
      <div className="sweep-head">
        <h2 id={`title-${sweep.id}`}>{say(sweep.trained ? 'sweep.heading.trained' : 'sweep.heading', { field })}</h2>
        <span className="sweep-arrived" data-testid="sweep-arrived">
          {say('sweep.arrived', { count: wholeNumber(count, language), all: wholeNumber(all, language) })}
        </span>
      </div>
      <p className="soft">{say('sweep.axis')}</p>
      <SweepPlot
        sweep={sweep}
        dots={dots}
        theory={theory}
        picked={picked}
        onPick={setPicked}
        label={told}
        still={still}
      />
      {theory.length > 0 && <p className="soft">{say('sweep.theory')}</p>}
      <p className="sentence" data-testid="sweep-sentence">
        {told}
      </p>
      <OwnLine sweep={sweep} dots={dots} />
      {!still && (
        <>
          {chosen !== undefined && <PickedLine sweep={sweep} dot={chosen} />}
          <HostTools sweep={sweep} />
          <SweepTable sweep={sweep} dots={dots} onPick={setPicked} />
        </>
      )}
    </section>
  );
}

/** One sentence from the data: how much slower the first layer learns, over all that has arrived. */
export function saidSweep({ say, language }: Words, sweep: Sweep, dots: readonly Dot[]): string {
  const range = rangeOf(dots);
  if (range === null) return say(sweep.standing === 'measuring' ? 'sweep.coming' : 'sweep.nothing');
  const [low, middle, high] = [range.low, range.middle, range.high].map((ratio) => times(ratio, language));
  const values = { low: low ?? '', middle: middle ?? '', high: high ?? '' };
  return dots.length === 1 ? say('sweep.says.one', values) : say('sweep.says', values);
}

/** The own value of the person at this page: what came out, or when it is expected. */
function OwnLine({ sweep, dots }: { readonly sweep: Sweep; readonly dots: readonly Dot[] }) {
  const words = useWords();
  const { say, language } = words;
  const you = useYou();
  const room = useRoom();
  const speed = useSpeed();
  const may = useMay('propose');
  const proposing = useWaiting('propose');
  const index = valueOf(sweep, you.id);
  const value = index === null ? undefined : sweep.values[index];
  if (index === null || value === undefined) return null;
  const path = pathOf(sweep.field);
  const mine = `${saidField(say, path)} ${saidValue(say, language, path, value)}`;
  const dot = dots.find((one) => one.index === index);
  if (dot === undefined) {
    const place = Math.max(1, index + 1 - dots.length);
    const seconds = secondsOfSweep(sweep.configuration, sweep.field, sweep.values, sweep.trained, speed);
    const time = seconds === null ? '' : saidTime(words, (seconds * place) / sweep.values.length);
    return (
      <p className="sweep-mine" data-testid="sweep-mine">
        {time === '' ? say('sweep.mine.coming', { mine }) : say('sweep.mine.waits', { mine, place, time })}
      </p>
    );
  }
  const propose = (): void => {
    const change = changeTo(sweep.configuration, sweep.field, value);
    void room.send('propose', { base: sweep.base, change: change as Record<string, unknown> });
  };
  return (
    <p className="sweep-mine" data-testid="sweep-mine">
      {say('sweep.mine', { mine, ratio: saidRatio(words, dot.ratio), order: dot.order })}{' '}
      {may && (
        <Button size="compact-sm" variant="light" loading={proposing} onClick={propose}>
          {say('sweep.mine.propose')}
        </Button>
      )}
    </p>
  );
}

const saidRatio = ({ language }: Words, ratio: number): string =>
  Number.isFinite(ratio) ? times(ratio, language) : Number.isNaN(ratio) ? 'NaN' : '∞';

/** A dot that somebody has pressed; a host may start the run behind it. */
function PickedLine({ sweep, dot }: { readonly sweep: Sweep; readonly dot: Dot }) {
  const words = useWords();
  const { say, language } = words;
  const room = useRoom();
  const nameOf = useShownName();
  const may = useMay('start');
  const starting = useWaiting('start');
  const path = pathOf(sweep.field);
  const names = dot.owners.map(nameOf).join(' · ');
  const start = (): void => {
    const changed = applyChange(
      sweep.configuration,
      changeTo(sweep.configuration, sweep.field, dot.value),
      defaultLimits,
    );
    if (changed.ok) void room.send('start', { configuration: changed.value });
  };
  return (
    <p className="sweep-picked" role="status" data-testid="sweep-picked">
      <strong>
        {saidField(say, path)} {saidValue(say, language, path, dot.value)}
      </strong>
      {': '}
      {dot.accuracy === null
        ? say('sweep.dot.copies', { ratio: saidRatio(words, dot.ratio) })
        : say('sweep.dot', { ratio: saidRatio(words, dot.ratio), accuracy: percent(dot.accuracy, language, 0) })}
      {names !== '' && <span className="soft"> · {names}</span>}{' '}
      {may && (
        <Button size="compact-sm" variant="light" loading={starting} onClick={start} data-testid="sweep-run">
          {say('sweep.run')}
        </Button>
      )}
    </p>
  );
}

function HostTools({ sweep }: { readonly sweep: Sweep }) {
  const { say } = useWords();
  const room = useRoom();
  const may = useMay('end-sweep');
  const handing = useWaiting('hand-out', sweep.id);
  const ending = useWaiting('end-sweep', sweep.id);
  if (!may || !sweep.onStage) return null;
  return (
    <div className="proposal-buttons">
      {sweep.groups.length === 0 && !room.alone && (
        <>
          <Button
            size="sm"
            loading={handing}
            onClick={() => void room.send('hand-out', { sweep: sweep.id, to: 'each' })}
            data-testid="sweep-hand-out"
          >
            {say('sweep.hand-out')}
          </Button>
          <Button
            size="sm"
            variant="light"
            loading={handing}
            onClick={() => void room.send('hand-out', { sweep: sweep.id, to: 'teams' })}
          >
            {say('sweep.hand-out.teams')}
          </Button>
        </>
      )}
      <Button
        size="sm"
        variant="default"
        loading={ending}
        onClick={() => void room.send('end-sweep', { sweep: sweep.id })}
        data-testid="sweep-end"
      >
        {say(sweep.standing === 'measuring' ? 'sweep.stop' : 'sweep.end')}
      </Button>
    </div>
  );
}

type TableProps = { readonly sweep: Sweep; readonly dots: readonly Dot[]; readonly onPick: (index: number) => void };

/** All dots in words, in the order of their values; made only when it is opened. */
function SweepTable({ sweep, dots, onPick }: TableProps) {
  const words = useWords();
  const { say, language } = words;
  const [opened, setOpened] = useState(false);
  const path = pathOf(sweep.field);
  const rows = dots.toSorted((a, b) => a.index - b.index);
  return (
    <details onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>{say('sweep.table')}</summary>
      {opened && (
        <div className="sweep-table">
          <table>
            <thead>
              <tr>
                <th scope="col">{saidField(say, path)}</th>
                <th scope="col">{say('sweep.column.ratio')}</th>
                <th scope="col">{say('sweep.column.accuracy')}</th>
                <th scope="col">{say('sweep.column.order')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((dot) => (
                <tr key={dot.index} data-own={dot.own}>
                  <th scope="row">
                    <button type="button" className="plain-button" onClick={() => onPick(dot.index)}>
                      {saidValue(say, language, path, dot.value)}
                      {dot.own && ` (${say('sweep.you')})`}
                    </button>
                  </th>
                  <td>{saidRatio(words, dot.ratio)}</td>
                  <td>{dot.accuracy === null ? '–' : percent(dot.accuracy, language, 0)}</td>
                  <td>{plainNumber(dot.order, language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
