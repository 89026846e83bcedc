/** The runs as cards, where there is no room for a table: beside the plots, and on a phone. The same facts, the same actions. */
import { Menu } from '@mantine/core';
import { useWords } from '../i18n/words.ts';
import { onOneLine, saidDifferences } from '../../shared/words/difference.ts';
import { baseOfRun, nameOfBase } from '../panels/lineage.ts';
import { RunMark } from '../panels/run-mark.tsx';
import { RunStatusLine } from '../panels/run-status.tsx';
import { VerifyButton, VerifyNote } from '../panels/verify-run.tsx';
import { useFacts, useMay } from '../room/context.tsx';
import { Icon } from '../shell/icons.tsx';
import { isVerifiable } from '../../shared/verify/task.ts';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { columns } from './order.ts';
import type { RunRow } from './rows.ts';
import { AccuracyText, RatioText } from './run-cells.tsx';
import { RunEye } from './run-eye.tsx';
import { RunFilter } from './run-filter.tsx';
import { type RunAction, type RunActions, useRunActions } from './use-actions.tsx';
import { type Listing, useListing } from './use-listing.ts';
import './runs.css';

/** So many can be looked through without a search. */
const fewRuns = 5;

/** Draws the list, the newest run first unless it is sorted. */
export function RunList() {
  const { say } = useWords();
  const may = useMay('seek');
  const listing = useListing();
  const actions = useRunActions();
  const { all, rows } = listing;
  return (
    <section className="panel" aria-labelledby="runs-title">
      <h2 id="runs-title">{say('runs.title')}</h2>
      {all.length === 0 && <p className="soft">{say(may ? 'runs.empty.host' : 'runs.empty.student')}</p>}
      {all.length > fewRuns && (
        <div className="runs-tools">
          <RunFilter listing={listing} />
          <SortSelect listing={listing} />
        </div>
      )}
      <ul className="runs">
        {rows.map((row) => (
          <li key={row.run.id}>
            <RunCard row={row} actions={actions} />
          </li>
        ))}
      </ul>
      {all.length > 0 && rows.length === 0 && <p className="soft">{say('runs.none-found')}</p>}
      {actions.dialog}
    </section>
  );
}

function RunCard({ row, actions }: { readonly row: RunRow; readonly actions: RunActions }) {
  const words = useWords();
  const { say, language } = words;
  const { run, network, isLooked, isShown, author, parameters } = row;
  const offered = actions.of([row]);
  const verifiable = isVerifiable(run);
  return (
    <div className="run-card" data-testid={`card-${run.id}`}>
      <div className="run-card-tools">
        <RunEye run={run} isShown={isShown} />
        <CardMenu row={row} offered={offered} />
      </div>
      <button
        type="button"
        className="run"
        aria-current={isLooked}
        title={say('runs.look.to', { label: run.label })}
        onClick={() => offered.find(({ name }) => name === 'look')?.act()}
        data-testid={`run-${run.id}`}
      >
        <span className="run-head">
          <RunMark label={run.label} />
          <strong>{run.label}</strong>
          <span className="run-network">{network}</span>
        </span>
        <span className="run-difference">
          {isLooked && <span className="run-shown">{say('runs.looking')}</span>} <Against row={row} />
        </span>
        <span className="run-facts">
          <span>
            {say('runs.column.ratio')}{' '}
            <strong>
              <RatioText row={row} />
            </strong>
          </span>
          <span>
            {say('runs.column.accuracy')}{' '}
            <strong>
              <AccuracyText row={row} />
            </strong>
          </span>
        </span>
      </button>
      <div className="run-foot">
        <span className="run-state">
          <RunStatusLine run={run} />
          <span className="run-facts">
            {say('board.by', { name: author })} ·{' '}
            {say('runs.parameters', { count: parameters, number: wholeNumber(parameters, language) })}
          </span>
        </span>
        {verifiable && <VerifyButton run={run} />}
      </div>
      {verifiable && <VerifyNote run={run} />}
    </div>
  );
}

/** What else can be done with the run. */
function CardMenu({ row: { run }, offered }: { readonly row: RunRow; readonly offered: readonly RunAction[] }) {
  const { say } = useWords();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <button
          type="button"
          className="plain-button run-more"
          aria-label={say('runs.more', { label: run.label })}
          data-testid={`more-${run.id}`}
        >
          <Icon name="more" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {offered
          .filter(({ name }) => name !== 'eye' && name !== 'verify')
          .map(({ name, icon, label, act }) => (
            <Menu.Item
              key={name}
              leftSection={<Icon name={icon} size={18} />}
              onClick={act}
              data-testid={`do-${name}-${run.id}`}
            >
              {label}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** How a run differs from what it came from: its parent, or what its proposal started from. */
function Against({ row: { run } }: { readonly row: RunRow }) {
  const words = useWords();
  const { say } = words;
  const base = baseOfRun(useFacts(), run);
  const name = nameOfBase(say, base);
  const changes = saidDifferences(words, base.configuration, run.configuration).map(onOneLine);
  const listed = changes.join(words.language === 'en' ? ', ' : '，');
  if (run.origin !== null) {
    const fork = say('runs.fork', { label: base.run?.label ?? '', step: wholeNumber(run.origin.step, words.language) });
    return <>{changes.length === 0 ? fork : say('runs.fork.with', { fork, changes: listed })}</>;
  }
  return (
    <>
      {changes.length === 0 ? say('runs.same', { base: name }) : say('runs.against', { base: name, changes: listed })}
    </>
  );
}

function SortSelect({ listing }: { readonly listing: Listing }) {
  const { say } = useWords();
  const { sorting, setSorting } = listing;
  return (
    <span className="runs-sorting">
      <select
        className="runs-field"
        aria-label={say('runs.sorting')}
        value={sorting.column}
        onChange={({ currentTarget: { value } }) => {
          const column = columns.find((one) => one === value);
          if (column !== undefined) listing.sortBy(column);
        }}
        data-testid="runs-sort"
      >
        {columns.map((column) => (
          <option key={column} value={column}>
            {say(`runs.column.${column}`)}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="plain-button"
        aria-label={say(sorting.descending ? 'runs.descending' : 'runs.ascending')}
        title={say(sorting.descending ? 'runs.descending' : 'runs.ascending')}
        onClick={() => setSorting({ ...sorting, descending: !sorting.descending })}
      >
        <Icon name={sorting.descending ? 'down' : 'up'} />
      </button>
    </span>
  );
}
