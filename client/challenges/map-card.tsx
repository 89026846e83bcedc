/** The map that a class fills: a cell for each depth and variance, claimed with one press, trained, and coloured as it comes. */
import { Button, useComputedColorScheme, VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import { contrast } from '../../shared/drawing/colours.ts';
import { missingOf, type MapChallenge, runOfIndex } from '../../shared/protocol/challenges.ts';
import { estimateSeconds } from '../../shared/core/cost.ts';
import { percent, plainNumber, wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { saidTime } from '../panels/said-time.ts';
import { useMay, useRoom, useWaiting, useYou } from '../room/context.tsx';
import { useSpeed } from '../room/speed.ts';
import { useSpoken } from '../shell/live-region.tsx';
import { heatColours, paletteOf } from '../theme.ts';
import { agreeing, type Cell, learning, rowsOf } from './map-facts.ts';
import { MapTheory, useMapReaches } from './map-theory.tsx';
import type { CardProps } from './stage.tsx';
import './challenges.css';

const shades = 10;

/** Draws the map with what it says and what can be done. */
export function MapCard({ challenge, still }: CardProps<MapChallenge>) {
  const { say, language } = useWords();
  const you = useYou();
  const { task, revealed } = challenge;
  const rows = useMemo(() => rowsOf(challenge, you.id), [challenge, you.id]);
  const cells = rows.flat();
  const measured = cells.filter(({ standing }) => standing === 'measured');
  const reaches = useMapReaches(task, revealed);
  const { count, deepest } = learning(measured);
  const number = (value: number): string => wholeNumber(value, language);
  const told =
    deepest === null
      ? say(measured.length === 0 ? 'map.empty' : 'map.none', { measured: number(measured.length) })
      : say('map.says', {
          measured: number(measured.length),
          count: number(count),
          depth: deepest.depth,
          variance: plainNumber(deepest.variance, language),
        });
  const theory =
    reaches === null
      ? ''
      : say('map.theory', {
          agree: number(agreeing(measured, (variance) => reaches.at(variance))),
          measured: number(measured.length),
        });
  useSpoken(`${told} ${theory}`, measured.length < cells.length);
  return (
    <section className="card challenge map-challenge" aria-labelledby={`title-${challenge.id}`} data-testid="map">
      <div className="sweep-head">
        <h2 id={`title-${challenge.id}`}>{say('map.title')}</h2>
        <span className="sweep-arrived" data-testid="map-measured">
          {say('map.measured', { count: number(measured.length), all: number(cells.length) })}
        </span>
      </div>
      <p className="soft">{say('map.axes')}</p>
      <div className="map-box">
        <table className="map-table">
          <caption>
            <VisuallyHidden>{say('map.caption')}</VisuallyHidden>
          </caption>
          <tbody>
            {rows.map((row) => (
              <tr key={row[0]?.depth}>
                <th scope="row">{row[0]?.depth}</th>
                {row.map((cell) => (
                  <td key={cell.index}>
                    <MapCell challenge={challenge} cell={cell} still={still} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">σw²</th>
              {task.variances.map((variance) => (
                <th key={variance} scope="col">
                  {plainNumber(variance, language)}
                </th>
              ))}
            </tr>
          </tfoot>
        </table>
        {reaches !== null && <MapTheory task={task} reaches={reaches.points} />}
      </div>
      <p className="sentence" data-testid="map-sentence">
        {told} {theory}
      </p>
      {reaches !== null && <p className="soft">{say('map.legend')}</p>}
      {!still && <MapTools challenge={challenge} cells={cells} />}
    </section>
  );
}

function MapCell({
  challenge,
  cell,
  still,
}: {
  readonly challenge: MapChallenge;
  readonly cell: Cell;
  readonly still: boolean;
}) {
  const { say, language } = useWords();
  const room = useRoom();
  const may = useMay('claim-cell');
  const palette = paletteOf(useComputedColorScheme('light'));
  const colours = heatColours(palette, 2 * shades - 1).slice(shades - 1);
  const { accuracy, standing, own, depth, variance } = cell;
  const fill =
    accuracy === null ? undefined : (colours[Math.min(shades - 1, Math.floor(accuracy * shades))] ?? palette.plot);
  const ink =
    fill === undefined || contrast(fill, palette.ink) >= contrast(fill, palette.panel) ? palette.ink : palette.panel;
  const words =
    accuracy === null ? say(`map.cell.${standing === 'free' ? 'free' : 'claimed'}`) : percent(accuracy, language, 0);
  const name = say('map.cell', { depth, variance: plainNumber(variance, language), words });
  const text = accuracy === null ? (standing === 'claimed' ? '…' : '') : wholeNumber(100 * accuracy, language);
  const style = fill === undefined ? {} : { background: fill, color: ink };
  const shared = {
    className: 'map-cell',
    style,
    'data-standing': standing,
    'data-own': own,
    'data-testid': `cell-${cell.index}`,
  };
  if (still || !may || standing !== 'free') {
    return (
      <span {...shared} title={name}>
        <span aria-hidden="true">{text}</span>
        <VisuallyHidden>
          {name}
          {own && ` (${say('sweep.you')})`}
        </VisuallyHidden>
      </span>
    );
  }
  return (
    <button
      {...shared}
      type="button"
      aria-label={name}
      onClick={() => void room.send('claim-cell', { challenge: challenge.id, cell: cell.index })}
    />
  );
}

function MapTools({ challenge, cells }: { readonly challenge: MapChallenge; readonly cells: readonly Cell[] }) {
  const words = useWords();
  const { say, language } = words;
  const room = useRoom();
  const leads = useMay('fill-map');
  const claiming = useWaiting('claim-cell');
  const filling = useWaiting('fill-map');
  const { rates, threads } = useSpeed();
  const free = cells.filter(({ standing }) => standing === 'free');
  const own = cells.filter((cell) => cell.own);
  const last = own.find(({ standing }) => standing === 'claimed') ?? own.at(-1);
  const its = rates[challenge.engine];
  const seconds = (indices: readonly number[]): string => {
    if (its === undefined) return '';
    const all = indices.flatMap((index) => runOfIndex(challenge, index, null) ?? []);
    return ` (${saidTime(words, all.reduce((sum, run) => sum + estimateSeconds(run, its), 0) / threads)})`;
  };
  return (
    <>
      {last !== undefined && (
        <p className="sweep-mine" role="status" data-testid="map-mine">
          {last.accuracy === null
            ? say('map.mine.waits', {
                depth: last.depth,
                variance: plainNumber(last.variance, language),
                time: seconds(missingOf(challenge)),
              })
            : say('map.mine', {
                depth: last.depth,
                variance: plainNumber(last.variance, language),
                accuracy: percent(last.accuracy, language, 0),
              })}
        </p>
      )}
      <div className="proposal-buttons">
        {!leads && (
          <Button
            size="md"
            loading={claiming}
            disabled={last?.standing === 'claimed'}
            onClick={() => void room.send('claim-cell', { challenge: challenge.id })}
            data-testid="map-claim"
          >
            {say(own.length === 0 ? 'map.claim' : 'map.claim.more')}
          </Button>
        )}
        {leads && free.length > 0 && (
          <Button
            size="md"
            variant="light"
            loading={filling}
            onClick={() => void room.send('fill-map', { challenge: challenge.id })}
            data-testid="map-fill"
          >
            {say('map.fill', {
              count: wholeNumber(free.length, language),
              time: seconds(free.map(({ index }) => index)),
            })}
          </Button>
        )}
      </div>
      <p className="soft">{say(leads ? 'map.hint.host' : 'map.hint')}</p>
    </>
  );
}
