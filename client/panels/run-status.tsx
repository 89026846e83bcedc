/** How far a run's training is: a word, and a bar while it is under way. */
import { percent, wholeNumber } from '../../shared/words/numbers.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { useRoomView } from '../room/context.tsx';
import type { Progress } from '../room/room-store.ts';
import { planFor } from '../room/stage.ts';
import type { RoomRun } from '../../shared/protocol/state.ts';

/** Draws word and bar. */
export function RunStatusLine({ run }: { readonly run: RoomRun }) {
  const { say, language } = useWords();
  const progress = useRoomView((view) => view.progress[run.id] ?? null);
  const { steps } = planFor(run);
  // Of a run behind a guess only ticks tell that its time is over.
  const kind = run.status.kind === 'live' && progress?.status === 'ended' ? 'sealed' : run.status.kind;
  const underWay = kind === 'live' || kind === 'stopping';
  const share = progress?.share ?? Math.max(0, progress?.step ?? 0) / steps;
  return (
    <>
      <span className={`run-status ${kind}`} data-testid={`status-${run.id}`} data-status={kind}>
        {saidStatus({ say, language }, run, progress, share)}
      </span>
      {underWay && (
        <span className="progress" aria-hidden="true">
          <span style={{ transform: `scaleX(${share})` }} />
        </span>
      )}
    </>
  );
}

/** Says how a run's training stands; `progress` is what has been heard of it, `share` how much of it is done. */
export function saidStatus(
  { say, language }: Words,
  { status }: RoomRun,
  progress: Progress | null = null,
  share = 0,
): string {
  switch (status.kind) {
    case 'live':
      if (progress === null || progress.status === 'queued') return say('status.queued');
      if (progress.status === 'unattended') return say('status.unattended');
      if (progress.status === 'ended') return say('status.sealed');
      return say('status.training', { percent: percent(share, language, 0) });
    case 'stopping':
      return say('status.stopping');
    case 'sealed':
      return say('status.sealed');
    case 'finished':
      return say('status.finished');
    case 'stopped':
      return say('status.stopped', { step: wholeNumber(status.step, language) });
    case 'diverged':
      return say(`status.diverged.${status.what}`, { step: wholeNumber(status.step, language), layer: status.layer });
    case 'failed':
      return say('status.failed', { reason: status.reason });
    default:
      return status satisfies never;
  }
}
