/** What is known of each line of the comparison at the last step that is on show of it. */
import type { Words } from '../../i18n/words.ts';
import type { ShownSeries } from '../extent.ts';
import { middleOf } from './bands.ts';
import { distinctionsOf } from './distinction.ts';
import type { LineFacts } from './sentence.ts';
import type { Compared } from './use-compared.ts';

/** Settings that a sentence names of a run; more would drown it. */
const mostNamed = 2;

/** Gathers the facts of the lines of which anything is on show. */
export function factsOf(words: Words, { groups }: Compared, now: readonly ShownSeries[]): LineFacts[] {
  const configurations = groups.map(({ runs: [{ configuration }] }) => configuration);
  const distinctions = distinctionsOf(words, configurations, mostNamed);
  const comma = words.language === 'en' ? ', ' : '，';
  return groups.flatMap((group, index): LineFacts[] => {
    const lasts = group.members.flatMap((member) => {
      const curve = now[member];
      const at = (curve?.count ?? 0) - 1;
      const [step, value] = [curve?.series.steps[at], curve?.series.values[at]];
      return curve === undefined || step === undefined || value === undefined
        ? []
        : [{ step, value: value * curve.factor }];
    });
    const [first] = lasts;
    if (first === undefined) return [];
    const numbers = lasts.map(({ value }) => value).filter((value) => !Number.isNaN(value));
    return [
      {
        name: group.name,
        what: (distinctions[index] ?? []).join(comma),
        configuration: group.runs[0].configuration,
        seeds: group.runs.length,
        value: numbers.length === 0 ? Number.NaN : middleOf(numbers),
        low: Math.min(...numbers),
        high: Math.max(...numbers),
        step: Math.max(...lasts.map(({ step }) => step)),
      },
    ];
  });
}
