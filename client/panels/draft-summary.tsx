/** What the draft comes to: its changes, whether they make a controlled experiment, and how much work the run is. */
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { flopsOf, planOf } from '../../shared/core/plan.ts';
import { inWords, times } from '../i18n/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { onOneLine, saidDifferences } from './difference.ts';
import { nameOfBase } from './lineage.ts';
import type { Draft } from './use-draft.ts';

/** The share of a run's steps that a fork still has to take. */
const shareLeft = (configuration: RunConfiguration, fork: number | null): number =>
  Math.max(0, 1 - (fork ?? 0) / planOf(configuration).steps);

/** Draws the summary. */
export function DraftSummary({ draft }: { readonly draft: Draft }) {
  const words = useWords();
  const { say, language } = words;
  const { base, configuration, problem } = draft;
  const changes = saidDifferences(words, base.configuration, configuration);
  const flops = flopsOf(configuration) * shareLeft(configuration, draft.fork);
  const ratio = flops / flopsOf(base.configuration);
  const name = nameOfBase(say, base);
  const compared =
    ratio > 0.95 && ratio < 1.05
      ? say('form.work.same', { base: name })
      : say('form.work.more', { base: name, ratio: times(ratio, language) });
  return (
    <section className="draft-summary" aria-live="polite" data-testid="propose-summary" data-changes={changes.length}>
      <h3>{say('form.changes')}</h3>
      {changes.length === 0 ? (
        <p>{say(problem === null ? 'form.nothing' : 'form.correct')}</p>
      ) : (
        <>
          <ul>
            {changes.map((change) => (
              <li key={change.path}>{onOneLine(change)}</li>
            ))}
          </ul>
          <p className={changes.length === 1 ? 'controlled' : 'several'}>
            {changes.length === 1 ? say('form.controlled') : say('form.several', { count: changes.length })}
          </p>
        </>
      )}
      <p className="soft">{say('form.work', { flops: inWords(flops, language), compared })}</p>
    </section>
  );
}
