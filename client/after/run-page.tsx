/** A run that was taken home: trained again in this browser, from what the address carries, to the same digest or not. */
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { planOf } from '../../shared/core/plan.ts';
import { megabytesToAskFor } from '../../shared/verify/task.ts';
import { measured, percent, wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { saidSummary } from '../../shared/words/difference.ts';
import { layersSentence } from '../plots/layers/sentence.ts';
import { thinned } from '../plots/thin.ts';
import { Icon } from '../shell/icons.tsx';
import { PageBar } from '../shell/page-bar.tsx';
import { hasSimd } from '../verify/simd.ts';
import { type Parcel, readParcel } from './parcel.ts';
import type { Seen } from './rerun-worker.ts';
import { SpeedDrawing } from './speed-drawing.tsx';
import { type Rerun, useRerun } from './use-rerun.ts';
import './after.css';

const nothing: readonly Seen[] = [];
/** Points of a line; every extreme is among them. */
const mostPoints = 400;

/** Draws the page of the run that the address carries. */
export function RunPage() {
  const { say } = useWords();
  const [parcel] = useState(() => readParcel(location.hash.slice(1)));
  return (
    <>
      <PageBar />
      <main className="after" id="main">
        {parcel === null ? (
          <>
            <h1>{say('take.unreadable')}</h1>
            <p>{say('take.unreadable.detail')}</p>
            <Link href="/">{say('app.home')}</Link>
          </>
        ) : (
          <TakenRun parcel={parcel} />
        )}
      </main>
    </>
  );
}

function TakenRun({ parcel: { label, task } }: { readonly parcel: Parcel }) {
  const words = useWords();
  const { say, language } = words;
  const { configuration } = task.own;
  const megabytes = megabytesToAskFor(configuration);
  const [attempt, setAttempt] = useState(megabytes === null ? 1 : 0);
  const able = hasSimd();
  const rerun = useRerun(task, able && attempt > 0, attempt);
  const seen = 'seen' in rerun ? rerun.seen : nothing;
  const curves = useMemo(() => curvesOf(seen, configuration.hidden.length), [seen, configuration]);
  const end = seen.at(-1);
  const title = say('take.title', { label, summary: saidSummary(words, configuration) });
  return (
    <>
      <h1>{title}</h1>
      <p className="soft">{say('take.lead', { seed: String(configuration.seed), engine: task.own.engine })}</p>
      {!able && <p className="after-note">{say('take.unable')}</p>}
      {able && (
        <p>
          <button
            type="button"
            className="plain-button outlined"
            onClick={() => setAttempt((was) => was + 1)}
            disabled={rerun.kind === 'loading' || rerun.kind === 'training'}
            data-testid="take-train"
          >
            {say(attempt === 0 ? 'take.start' : 'take.again')}
          </button>{' '}
          {megabytes !== null && attempt === 0 && (
            <span className="soft">
              {say('verify.ask', { megabytes: wholeNumber(Math.ceil(megabytes), language) })}
            </span>
          )}
        </p>
      )}
      <Outcome rerun={rerun} last={planOf(configuration).steps} />
      {end !== undefined && (
        <figure className="after-figure">
          <SpeedDrawing title={say('take.figure', { label })} curves={curves} last={task.last} />
          <figcaption>
            {layersSentence(words, {
              configuration,
              measure: 'speed',
              step: end.step,
              values: end.speeds,
              weightGradients: null,
              weightNorms: null,
              updateRatios: null,
            })}
          </figcaption>
        </figure>
      )}
      {end !== undefined && (
        <dl className="after-facts">
          <div>
            <dt>{say('take.cost')}</dt>
            <dd>{measured(end.cost, language)}</dd>
          </div>
          {end.trainAccuracy !== null && (
            <div>
              <dt>{say('take.accuracy')}</dt>
              <dd>{percent(end.trainAccuracy, language)}</dd>
            </div>
          )}
          {end.testAccuracy !== null && (
            <div>
              <dt>{say('take.test')}</dt>
              <dd>{percent(end.testAccuracy, language)}</dd>
            </div>
          )}
        </dl>
      )}
      <details>
        <summary>{say('take.configuration')}</summary>
        <pre>{JSON.stringify(configuration, null, 2)}</pre>
      </details>
    </>
  );
}

/** How the training stands, and in the end whether it came out as in the room. */
function Outcome({ rerun, last }: { readonly rerun: Rerun; readonly last: number }) {
  const { say, language } = useWords();
  const number = (value: number): string => wholeNumber(value, language);
  const outcome = rerun.kind === 'done' ? rerun.outcome : null;
  const text = ((): string => {
    switch (rerun.kind) {
      case 'idle':
        return '';
      case 'loading':
        return say('verify.loading');
      case 'training':
        // The step itself changes many times a second and is not read aloud.
        return say('take.training');
      case 'failed':
        return say('take.failed');
      case 'done':
        if (rerun.outcome.kind === 'other-engine') return say('take.other-engine', { engine: rerun.outcome.engine });
        return say(rerun.outcome.same ? 'take.same' : 'take.different', { step: number(rerun.outcome.step) });
      default:
        return rerun satisfies never;
    }
  })();
  const same = outcome?.kind === 'ended' && outcome.same;
  return (
    <div className="after-outcome" data-testid="take-outcome" data-state={rerun.kind} data-same={same}>
      <p role="status" className={outcome === null ? 'soft' : same ? 'good' : 'bad'}>
        {outcome !== null && <Icon name={same ? 'check' : 'cross'} size={20} />} <span>{text}</span>
      </p>
      {rerun.kind === 'training' && (
        <p className="soft" aria-hidden="true">
          {say('take.step', { step: number(rerun.step), last: number(last) })}
        </p>
      )}
      {outcome?.kind === 'ended' && (
        <p className="soft">
          {say('take.digest')} <code data-testid="take-digest">{outcome.digest}</code>
        </p>
      )}
    </div>
  );
}

/** One curve a layer, thinned to what can be drawn. */
function curvesOf(seen: readonly Seen[], layers: number) {
  const steps = Float64Array.from(seen, ({ step }) => step);
  const domain = [steps[0] ?? 0, steps.at(-1) ?? 0] as const;
  return Array.from({ length: layers }, (_, layer) => {
    const values = Float64Array.from(seen, ({ speeds }) => speeds[layer] ?? Number.NaN);
    const chosen = thinned({ steps, values, from: 0, to: steps.length }, mostPoints, (step) => step, domain);
    const of = (all: Float64Array): Float64Array => Float64Array.from(chosen, (index) => all[index] ?? Number.NaN);
    return { steps: of(steps), values: of(values) };
  });
}
