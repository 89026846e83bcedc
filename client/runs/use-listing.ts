/** Filter, order and selection of a list of runs, as its page keeps them. */
import { useMemo, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { type Column, type Filter, firstSorting, listed, sortedBy, type Sorting } from './order.ts';
import type { RunRow } from './rows.ts';
import { useRunRows } from './use-rows.ts';

export type Listing = {
  readonly all: readonly RunRow[];
  /** Those that are found, in order. */
  readonly rows: readonly RunRow[];
  readonly filter: Filter;
  readonly sorting: Sorting;
  readonly setFilter: (filter: Filter) => void;
  readonly sortBy: (column: Column) => void;
  readonly setSorting: (sorting: Sorting) => void;
};

const everything: Filter = { text: '', standing: 'all' };

/** Lists the runs of the room, the newest first until somebody sorts them. */
export function useListing(): Listing {
  const { language } = useWords();
  const all = useRunRows();
  const [filter, setFilter] = useState(everything);
  const [sorting, setSorting] = useState(firstSorting);
  const rows = useMemo(() => listed(all, filter, sorting, language), [all, filter, sorting, language]);
  const sortBy = (column: Column): void => setSorting((before) => sortedBy(before, column));
  return { all, rows, filter, sorting, setFilter, sortBy, setSorting };
}
