/** Parts of a row or card that say one thing of a run each. */
import { percent, wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { RunStatusLine, saidStatus } from '../panels/run-status.tsx';
import { hasEnded } from '../../shared/protocol/state.ts';
import type { RoomRun } from '../../shared/protocol/state.ts';
import { planFor } from '../room/stage.ts';
import { Icon, type IconName } from '../shell/icons.tsx';
import type { RunRow, Verified } from './rows.ts';
import { saidRatio } from './values.ts';

/** How many times faster the last hidden layer learns than the first. */
export function RatioText({ row }: { readonly row: RunRow }) {
  const { say, language } = useWords();
  const { ratio } = row.values;
  if (row.depth === 1) return <span className="soft">{say('runs.single')}</span>;
  if (ratio === null) return <span className="soft">{row.values.step < 0 ? '–' : '…'}</span>;
  return <>{saidRatio(ratio, language)}</>;
}

/** The share of images that are right, of those for testing where there are any. */
export function AccuracyText({ row }: { readonly row: RunRow }) {
  const { say, language } = useWords();
  const { accuracy, step } = row.values;
  if (!planFor(row.run).classifies) return <NoAccuracy />;
  if (accuracy === null) return <span className="soft">{step < 0 ? '–' : '…'}</span>;
  return (
    <>
      {percent(accuracy.share, language)}
      {accuracy.of === 'train' && <span className="run-of"> {say('runs.accuracy.train')}</span>}
    </>
  );
}

function NoAccuracy() {
  const { say } = useWords();
  const why = say('runs.accuracy.copies');
  return (
    <span className="soft" title={why}>
      <span aria-hidden="true">–</span>
      <span className="hidden-words">{why}</span>
    </span>
  );
}

/** How a run's training stands, short; the whole sentence on hover. */
export function StatusText({ run }: { readonly run: RoomRun }) {
  const { say, language } = useWords();
  const { status } = run;
  if (status.kind === 'live' || status.kind === 'stopping') return <RunStatusLine run={run} />;
  const cutAt = hasEnded(status) && status.kind !== 'finished' ? status.step : null;
  return (
    <span
      className={`run-status ${status.kind}`}
      title={saidStatus({ say, language }, run)}
      data-testid={`status-${run.id}`}
      data-status={status.kind}
    >
      {say(`standing.${status.kind}`)}
      {cutAt !== null && <span className="run-at"> {say('runs.at', { step: wholeNumber(cutAt, language) })}</span>}
    </span>
  );
}

const signs: Readonly<Record<NonNullable<Verified>, IconName | null>> = {
  equal: 'check',
  differs: 'cross',
  working: null,
  asking: null,
  failed: null,
};

/** What has come of verifying the run in this browser. */
export function VerifiedText({ verified }: { readonly verified: Verified }) {
  const { say } = useWords();
  if (verified === null) return null;
  const sign = signs[verified];
  const said = say(`runs.verified.${verified}`);
  return (
    <span className={`run-verified ${verified}`} title={said}>
      {sign !== null && <Icon name={sign} size={18} />}
      <span className={sign === null ? 'soft' : 'hidden-words'}>{said}</span>
    </span>
  );
}

/** In which settings the run differs from the base: each field with its value here, and there on hover. */
export function ChangesText({ row }: { readonly row: RunRow }) {
  const { say } = useWords();
  if (row.isBase) return <span className="run-base">{say('runs.is-base')}</span>;
  if (row.changes.length === 0) return <span className="soft">{say('runs.no-change')}</span>;
  return (
    <ul className="run-changes">
      {row.changes.map(({ path, field, from, to }) => (
        <li key={path} title={say('runs.change', { field, from, to })}>
          <span className="soft">{field}</span> <strong>{to}</strong>
        </li>
      ))}
    </ul>
  );
}
