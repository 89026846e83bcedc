/**
 * The run table: one row a run, sorted by any column, worked by keyboard alone. Its rows are plain and as high as they need
 * to be; those out of sight cost the browser nothing but their place.
 */
import { type KeyboardEvent, useMemo, useRef } from 'react';
import { type TextKey, useWords } from '../i18n/words.ts';
import { Icon } from '../shell/icons.tsx';
import type { RunId } from '../../shared/protocol/state.ts';
import { ariaSort, type Column } from './order.ts';
import type { RunRow as Row } from './rows.ts';
import { type RowHands, RunRow } from './run-row.tsx';
import { movedTo, rowAfter, type Selection, toggled, allToggled } from './selection.ts';
import type { ActionName } from './use-actions.tsx';
import type { Listing } from './use-listing.ts';
import { useSame } from './use-same.ts';

type Head = { readonly column: Column; readonly label: TextKey; readonly number?: true };

const heads: readonly Head[] = [
  { column: 'shown', label: 'runs.column.shown' },
  { column: 'run', label: 'runs.column.run' },
  { column: 'changes', label: 'runs.column.changes' },
  { column: 'author', label: 'runs.column.author' },
  { column: 'status', label: 'runs.column.status' },
  { column: 'depth', label: 'runs.column.depth', number: true },
  { column: 'parameters', label: 'runs.column.parameters', number: true },
  { column: 'ratio', label: 'runs.column.ratio', number: true },
  { column: 'accuracy', label: 'runs.column.accuracy', number: true },
  { column: 'verified', label: 'runs.column.verified' },
];

type Props = {
  readonly listing: Listing;
  readonly selection: Selection;
  /** Takes what becomes of the selection: a key may move the focus, which is one more change, before the first is drawn. */
  readonly onSelection: (change: (before: Selection) => Selection) => void;
  /** Does something with one run. */
  readonly onAction: (name: ActionName, row: Row) => void;
};

/** Draws the table. */
export function RunTable({ listing, selection, onSelection, onAction }: Props) {
  const { say } = useWords();
  const grid = useRef<HTMLDivElement>(null);
  const { rows, all, sorting, sortBy } = listing;
  const ids = rows.map(({ run }) => run.id);
  const current = selection.current !== null && ids.includes(selection.current) ? selection.current : (ids[0] ?? null);
  const isAll = ids.length > 0 && ids.every((id) => selection.selected.has(id));
  const rowOf = (id: RunId | null): Row | undefined => rows.find(({ run }) => run.id === id);
  const focusRow = (id: string): void =>
    grid.current?.querySelector<HTMLElement>(`[data-run="${CSS.escape(id)}"]`)?.focus();

  const look = useSame((id: RunId): void => {
    const row = rowOf(id);
    if (row !== undefined) onAction('look', row);
  });
  const select = useSame((id: RunId, range: boolean): void =>
    onSelection((before) => (range ? movedTo(before, ids, id, true) : toggled(before, id))),
  );
  const stand = useSame((id: RunId): void => {
    onSelection((before) => (before.current === id ? before : { ...before, current: id }));
  });
  // Rows are drawn again only for what they say, so what they do stays the same.
  const hands = useMemo<RowHands>(() => ({ look, select, stand }), [look, select, stand]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target instanceof Element && event.target.closest('.run-heads') !== null) return onHeadKey(event);
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-run]') : null;
    const id = row?.dataset['run'];
    if (row === null || id === undefined || event.altKey || event.nativeEvent.isComposing) return;
    const inside = event.target !== row;
    const done = act(event, row, id, inside);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const act = (event: KeyboardEvent, row: HTMLElement, id: string, inside: boolean): boolean => {
    const { key } = event;
    if (event.ctrlKey || event.metaKey) {
      if (key.toLowerCase() !== 'a') return false;
      onSelection((before) => allToggled(before, ids));
      return true;
    }
    if (key === 'ArrowRight' || key === 'ArrowLeft') return walk(row, key === 'ArrowRight' ? 1 : -1);
    if (key === 'Escape' && inside) {
      row.focus();
      return true;
    }
    if (key === 'ArrowUp' && id === ids[0] && !event.shiftKey) {
      grid.current?.querySelector<HTMLElement>('.run-heads [tabindex="0"]')?.focus();
      return true;
    }
    const to = rowAfter(key, ids, id);
    if (to !== null) {
      const { shiftKey } = event;
      onSelection((before) => movedTo(before, ids, to, shiftKey));
      focusRow(to);
      return true;
    }
    if (inside) return false;
    const its = rowOf(id);
    switch (key) {
      case ' ':
        onSelection((before) => (event.shiftKey ? movedTo(before, ids, id, true) : toggled(before, id)));
        return true;
      case 'Enter':
      case 'e':
      case 'E':
        if (its !== undefined) onAction(key === 'Enter' ? 'look' : 'eye', its);
        return true;
      default:
        return false;
    }
  };

  /** From the row to what can be pressed in it, and back. */
  const walk = (row: HTMLElement, by: 1 | -1): boolean => focusBeside([row, ...pressable(row)], by);

  const onHeadKey = (event: KeyboardEvent<HTMLElement>): void => {
    const row = event.currentTarget.querySelector<HTMLElement>('.run-heads [role="row"]');
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (row === null || (by === 0 && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    event.stopPropagation();
    if (by !== 0) focusBeside(pressable(row), by);
    else if (current !== null) focusRow(current);
  };

  return (
    <div
      ref={grid}
      role="grid"
      className="run-table"
      aria-label={say('runs.table')}
      aria-describedby="runs-keys"
      aria-multiselectable
      tabIndex={-1}
      aria-rowcount={all.length + 1}
      onKeyDown={onKeyDown}
      data-testid="run-table"
    >
      <div role="rowgroup" className="run-heads">
        <div role="row" className="run-row" aria-rowindex={1}>
          <span role="columnheader">
            <input
              type="checkbox"
              tabIndex={-1}
              checked={isAll}
              aria-label={say('runs.select.all')}
              onChange={() => onSelection((before) => allToggled(before, ids))}
              data-testid="select-all"
            />
          </span>
          {heads.map(({ column, label, number }) => (
            <span
              key={column}
              role="columnheader"
              aria-sort={ariaSort(sorting, column)}
              className={number === true ? 'cell-number' : undefined}
            >
              <button
                type="button"
                className="run-sort"
                // One stop of the Tab key for all heads; arrows lead to the others.
                tabIndex={sorting.column === column ? 0 : -1}
                title={column === 'ratio' ? say('runs.ratio.detail') : say('runs.sort', { column: say(label) })}
                onClick={() => sortBy(column)}
                data-testid={`sort-${column}`}
              >
                {column === 'shown' ? <Icon name="eye" size={16} /> : say(label)}
                {column === 'shown' && <span className="hidden-words">{say(label)}</span>}
                {sorting.column === column && <Icon name={sorting.descending ? 'down' : 'up'} size={14} />}
              </button>
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="run-rows">
        {rows.map((row, index) => (
          <RunRow
            key={row.run.id}
            row={row}
            index={index}
            isSelected={selection.selected.has(row.run.id)}
            isCurrent={row.run.id === current}
            hands={hands}
          />
        ))}
      </div>
      {rows.length === 0 && <p className="soft run-none">{say('runs.none-found')}</p>}
    </div>
  );
}

const pressable = (row: HTMLElement): HTMLElement[] => [...row.querySelectorAll<HTMLElement>('button, input')];

function focusBeside(stops: readonly HTMLElement[], by: 1 | -1): boolean {
  const at = stops.findIndex((stop) => stop === document.activeElement);
  stops[Math.min(stops.length - 1, Math.max(0, at + by))]?.focus();
  return true;
}
