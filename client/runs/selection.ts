/** Which rows of a list are selected, and on which one the keyboard stands: what keys and clicks make of it. */

export type Selection = {
  readonly selected: ReadonlySet<string>;
  /** The row on which the keyboard stands; null: the first. */
  readonly current: string | null;
  /** Where a range with Shift begins. */
  readonly anchor: string | null;
};

export const noSelection: Selection = { selected: new Set(), current: null, anchor: null };

/** How many rows a page up or down passes over. */
const page = 10;

/** The row a key leads to; null where the key leads nowhere. */
export function rowAfter(key: string, rows: readonly string[], current: string | null): string | null {
  const at = current === null ? 0 : Math.max(0, rows.indexOf(current));
  const to = (index: number): string | null => rows[Math.min(rows.length - 1, Math.max(0, index))] ?? null;
  switch (key) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return to(at - 1);
    case 'PageDown':
      return to(at + page);
    case 'PageUp':
      return to(at - page);
    case 'Home':
      return to(0);
    case 'End':
      return to(rows.length - 1);
    default:
      return null;
  }
}

/** Stands on a row; with `extend` all from the anchor to it are selected. */
export function movedTo(selection: Selection, rows: readonly string[], row: string, extend: boolean): Selection {
  if (!extend) return { ...selection, current: row, anchor: row };
  const anchor = selection.anchor ?? selection.current ?? row;
  const [from, to] = [rows.indexOf(anchor), rows.indexOf(row)].toSorted((a, b) => a - b);
  return { selected: new Set(rows.slice(from, (to ?? 0) + 1)), current: row, anchor };
}

/** Selects a row, or no longer. */
export function toggled({ selected }: Selection, row: string): Selection {
  const without = new Set(selected);
  if (!without.delete(row)) without.add(row);
  return { selected: without, current: row, anchor: row };
}

/** Selects all rows; none where all are selected already. */
export function allToggled(selection: Selection, rows: readonly string[]): Selection {
  const all = rows.length > 0 && rows.every((row) => selection.selected.has(row));
  return { ...selection, selected: new Set(all ? [] : rows) };
}
