/** The runs of the room as a table: found, sorted, compared with a base, and worked on, several at a time. */
import { useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { Icon } from '../shell/icons.tsx';
import { useChangeView } from '../view/context.tsx';
import type { RunId } from '../../shared/protocol/state.ts';
import { ParallelPlot } from './parallel-plot.tsx';
import { RunFilter } from './run-filter.tsx';
import { RunTable } from './run-table.tsx';
import type { RunRow } from './rows.ts';
import { noSelection } from './selection.ts';
import { SettingsTable } from './settings-table.tsx';
import { type ActionName, useRunActions } from './use-actions.tsx';
import { type Listing, useListing } from './use-listing.ts';
import './runs.css';

const views = ['table', 'lines', 'settings'] as const;

/** Draws the card. */
export function RunsCard() {
  const { say } = useWords();
  const listing = useListing();
  const [selection, setSelection] = useState(noSelection);
  const [shown, setShown] = useState<(typeof views)[number]>('table');
  const { of, dialog } = useRunActions();
  const { all, rows } = listing;
  // What is selected and not found any more is out of sight, and nothing is done to it.
  const selected = rows.filter(({ run }) => selection.selected.has(run.id));
  const standing = rows.find(({ run }) => run.id === selection.current) ?? rows[0];
  const targets = selected.length > 0 ? selected : standing === undefined ? [] : [standing];
  const onAction = (name: ActionName, row: RunRow): void =>
    of([row])
      .find((action) => action.name === name)
      ?.act();
  const compared = all.filter(({ isShown }) => isShown);
  const settings = selected.length > 1 ? selected.toSorted((one, other) => one.order - other.order) : compared;
  const look = (id: RunId): void => {
    const row = all.find(({ run }) => run.id === id);
    if (row !== undefined) onAction('look', row);
  };
  return (
    <section className="card plot-card runs-card" aria-label={say('runs.table')} data-plot="runs">
      <header className="plot-heading">
        <h2>{say('runs.table')}</h2>
        <span className="runs-views" role="radiogroup" aria-label={say('runs.views')}>
          {views.map((name) => (
            <button
              key={name}
              type="button"
              role="radio"
              aria-checked={name === shown}
              className="plain-button choice"
              onClick={() => setShown(name)}
              data-testid={`runs-view-${name}`}
            >
              {say(`runs.view.${name}`)}
            </button>
          ))}
        </span>
      </header>
      <div className="runs-tools">
        <RunFilter listing={listing} />
        <BaseSelect listing={listing} />
      </div>
      <div className="runs-tools" role="toolbar" aria-label={say('runs.actions')}>
        <span className="soft runs-targets" role="status">
          {selected.length > 0
            ? say('runs.selected', { count: selected.length })
            : say('plot.run', { label: targets[0]?.run.label ?? '–' })}
        </span>
        {of(targets).map(({ name, icon, label, act }) => (
          <button
            key={name}
            type="button"
            className="plain-button outlined runs-action"
            onClick={act}
            data-testid={`runs-${name}`}
          >
            <Icon name={icon} size={16} />
            {label}
          </button>
        ))}
      </div>
      <div className="runs-scroll">
        {shown === 'settings' && <SettingsTable rows={settings} />}
        {shown === 'lines' && <ParallelPlot rows={compared} onLook={look} />}
        {shown === 'table' && (
          <>
            <RunTable listing={listing} selection={selection} onSelection={setSelection} onAction={onAction} />
            <p id="runs-keys" className="soft runs-keys">
              {say('runs.keys')}
            </p>
          </>
        )}
      </div>
      {dialog}
    </section>
  );
}

/** The run with which the others are compared. */
function BaseSelect({ listing }: { readonly listing: Listing }) {
  const { say } = useWords();
  const change = useChangeView();
  return (
    <label className="runs-base">
      <span className="soft">{say('runs.base.choose')}</span>
      <select
        className="runs-field"
        value={listing.all.find(({ isBase }) => isBase)?.run.id ?? ''}
        onChange={({ currentTarget: { value } }) => change({ base: value })}
        data-testid="runs-base"
      >
        {listing.all.map(({ run, network }) => (
          <option key={run.id} value={run.id}>
            {`${run.label} · ${network}`}
          </option>
        ))}
      </select>
    </label>
  );
}
