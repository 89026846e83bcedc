/** What the draft comes to: its changes, whether they make a controlled experiment, and how much work and time the run takes. */
import { flopsOf } from '../../shared/core/plan.ts';
import { confoundingChanges } from '../../shared/protocol/changes.ts';
import { leads } from '../../shared/protocol/roles.ts';
import { isOver } from '../../shared/protocol/state.ts';
import { inWords, times } from '../../shared/words/numbers.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { useFacts, useYou } from '../room/context.tsx';
import { useSeconds } from '../room/speed.ts';
import { saidTime } from '../panels/said-time.ts';
import { onOneLine, saidDifferences } from '../../shared/words/difference.ts';
import { shareLeft } from '../panels/draft.ts';
import { nameOfBase } from '../panels/lineage.ts';
import type { Draft } from '../panels/use-draft.ts';

/** Draws the summary. */
export function DraftSummary({ draft }: { readonly draft: Draft }) {
  const words = useWords();
  const { say, language } = words;
  const { base, configuration, problem } = draft;
  const changes = saidDifferences(words, base.configuration, configuration);
  const confounding = confoundingChanges(base.configuration, configuration).length;
  const left = shareLeft(configuration, draft.fork);
  const flops = flopsOf(configuration) * left;
  const ratio = flops / flopsOf(base.configuration);
  const name = nameOfBase(say, base);
  const seconds = useSeconds(configuration);
  const live = Object.values(useFacts().runs).filter((run) => !isOver(run.status)).length;
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
          {confounding === 1 ? (
            <p className="controlled">{say('form.controlled')}</p>
          ) : (
            <p className="several">{say('form.several', { count: confounding })}</p>
          )}
        </>
      )}
      <p className="soft">
        {say('form.work', { flops: inWords(flops, language), compared })}{' '}
        <span data-testid="propose-time">{seconds !== null && saidShare(words, seconds * left, live)}</span>
      </p>
      {seconds !== null && <TooLong seconds={seconds * left} />}
    </section>
  );
}

/** A thread is shared, so its time is not what one waits for where others train. */
function saidShare(words: Words, seconds: number, live: number): string {
  const time = saidTime(words, seconds);
  return live === 0 ? words.say('form.time', { time }) : words.say('form.time.shared', { time, count: live });
}

/** What a student may not propose since it takes too long, with both times. */
function TooLong({ seconds }: { readonly seconds: number }) {
  const words = useWords();
  const { secondsPerRun } = useFacts().board;
  const bound = !leads(useYou().role);
  if (!bound || secondsPerRun === null || seconds <= secondsPerRun) return null;
  const [time, limit] = [saidTime(words, seconds), saidTime(words, secondsPerRun)];
  return (
    <p className="several" role="alert" data-testid="propose-too-long">
      {words.say('form.too-long', { time, limit })}
    </p>
  );
}
