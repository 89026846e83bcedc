/** Finding runs in a list: words that are said of them, and how they stand. */
import { useWords } from '../i18n/words.ts';
import { standings } from './order.ts';
import type { Listing } from './use-listing.ts';

/** Draws the two fields, and how many runs are found where not all are. */
export function RunFilter({ listing }: { readonly listing: Listing }) {
  const { say } = useWords();
  const { all, rows, filter, setFilter } = listing;
  return (
    <>
      <input
        type="search"
        className="runs-field runs-search"
        placeholder={say('runs.search')}
        aria-label={say('runs.search')}
        value={filter.text}
        onChange={(event) => setFilter({ ...filter, text: event.currentTarget.value })}
        data-testid="runs-search"
      />
      <select
        className="runs-field"
        aria-label={say('runs.standing')}
        value={filter.standing}
        onChange={({ currentTarget: { value } }) =>
          setFilter({ ...filter, standing: standings.find((one) => one === value) ?? 'all' })
        }
        data-testid="runs-standing"
      >
        {standings.map((standing) => (
          <option key={standing} value={standing}>
            {say(`standing.${standing}`)}
          </option>
        ))}
      </select>
      <span className="soft runs-found" role="status">
        {rows.length < all.length && say('runs.found', { found: rows.length, count: all.length })}
      </span>
    </>
  );
}
