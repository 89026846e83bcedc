/** What each line of the comparison is: its sign, its name, and what tells it from the others. */
import { useSyncExternalStore } from 'react';
import { useWords } from '../../i18n/words.ts';
import { saidSummary } from '../../../shared/words/difference.ts';
import { RunMark } from '../../panels/run-mark.tsx';
import { usePlotLink } from '../../view/context.tsx';
import { useBackRow } from '../back-row.ts';
import { distinctionsOf } from './distinction.ts';
import { isSeeds, type RunGroup } from './groups.ts';

const mostNamed = 4;

/** Draws the legend; the line that is pointed at is marked in it. */
export function CompareLegend({ groups }: { readonly groups: readonly RunGroup[] }) {
  const words = useWords();
  const { say, language } = words;
  const link = usePlotLink();
  const isFar = useBackRow();
  const pointed = useSyncExternalStore(link.subscribe, () => link.cursor()?.run ?? null);
  const distinctions = distinctionsOf(
    words,
    groups.map(({ runs: [{ configuration }] }) => configuration),
    mostNamed,
  );
  return (
    // In the order of the Tab key, so that the arrows can push it aside where it is longer than its room.
    <ul className="compare-legend" tabIndex={isFar ? -1 : 0}>
      {groups.map((group, index) => {
        const [{ label, configuration }] = group.runs;
        const its = distinctions[index] ?? [];
        const what = its.length === 0 ? [saidSummary(words, configuration)] : its;
        const seeds = isSeeds(group) ? [say('compare.band', { count: group.runs.length })] : [];
        return (
          <li key={group.name} aria-current={group.runs.some(({ id }) => id === pointed)}>
            <RunMark label={label} size={isFar ? 24 : 12} />
            <strong>{group.name}</strong>
            <span>{[...what, ...seeds].join(language === 'en' ? ', ' : '，')}</span>
          </li>
        );
      })}
    </ul>
  );
}
