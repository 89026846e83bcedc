/** Verifying a run that has ended: the button, how far the recomputation is, and then what came of it. */
import { useStore } from 'zustand';
import { percent, wholeNumber } from '../../shared/words/numbers.ts';
import { type TextKey, useWords } from '../i18n/words.ts';
import { useRoom } from '../room/context.tsx';
import { Icon, type IconName } from '../shell/icons.tsx';
import type { RoomRun } from '../../shared/protocol/state.ts';
import type { Verification } from '../verify/verifications.ts';
import type { Outcome } from '../../shared/verify/verify.ts';
import { VerifyDetails } from './verify-details.tsx';

const useVerification = (run: RoomRun): Verification | null =>
  useStore(useRoom().verifications.store, (all) => all[run.id] ?? null);

/** Draws the button, which also gives up what it has begun, so that a keyboard stays where it is. */
export function VerifyButton({ run }: { readonly run: RoomRun }) {
  const { say } = useWords();
  const { verifications } = useRoom();
  const verification = useVerification(run);
  const begun = verification?.kind === 'asking' || verification?.kind === 'working';
  const does = begun ? 'cancel' : verification?.kind === 'done' ? 'again' : 'start';
  const detail = say(`verify.${does}.detail`, { label: run.label });
  return (
    <button
      type="button"
      className="plain-button outlined verify-button"
      title={detail}
      aria-label={detail}
      onClick={() => (begun ? verifications.cancel(run.id) : verifications.start(run.id))}
      data-testid={`verify-${run.id}`}
    >
      {say(`verify.${does}`)}
    </button>
  );
}

/** Draws what there is to say of the verification; before there is anything, only the place where it will be read aloud. */
export function VerifyNote({ run }: { readonly run: RoomRun }) {
  const { say, language } = useWords();
  const { verifications } = useRoom();
  const verification = useVerification(run);
  const said = useSaid(run, verification);
  const outcome = verification?.kind === 'done' ? verification.outcome : null;
  return (
    <div
      className="verify-note"
      data-testid={`verification-${run.id}`}
      data-state={outcome?.kind ?? verification?.kind ?? 'none'}
      data-step={outcome !== null && 'step' in outcome ? outcome.step : undefined}
      data-measurements={outcome?.kind === 'equal' ? outcome.measurements : undefined}
    >
      <p role="status" className={said?.tone}>
        {said?.icon !== undefined && <Icon name={said.icon} size={16} />}
        <span>{said?.text}</span>
        {verification?.kind === 'working' && (
          // A number that changes ten times a second is not read aloud; the bar below has it for those who ask.
          <span aria-hidden="true" className="verify-share">
            {percent(verification.progress.share, language, 0)}
          </span>
        )}
      </p>
      {verification?.kind === 'working' && (
        <div
          className="progress"
          role="progressbar"
          aria-label={say('verify.start.detail', { label: run.label })}
          aria-valuenow={Math.round(100 * verification.progress.share)}
        >
          <span style={{ transform: `scaleX(${verification.progress.share})` }} />
        </div>
      )}
      {verification?.kind === 'asking' && (
        <button
          type="button"
          className="plain-button outlined verify-button"
          onClick={() => verifications.start(run.id, true)}
          data-testid={`verify-agree-${run.id}`}
        >
          {say('verify.ask.agree')}
        </button>
      )}
      {verification !== null && <VerifyDetails verification={verification} />}
    </div>
  );
}

type Said = { readonly text: string; readonly tone: 'good' | 'warn' | 'bad' | 'soft'; readonly icon?: IconName };

function useSaid(run: RoomRun, verification: Verification | null): Said | null {
  const { say, language } = useWords();
  if (verification === null) return null;
  const number = (value: number): string => wholeNumber(value, language);
  switch (verification.kind) {
    case 'asking':
      return { text: say('verify.ask', { megabytes: number(Math.ceil(verification.megabytes)) }), tone: 'soft' };
    case 'working': {
      const { phase } = verification.progress;
      const whole = 'step' in run.status && verification.last >= run.status.step;
      const key: TextKey = phase === 'loading' ? 'verify.loading' : whole ? 'verify.computing' : 'verify.computing.to';
      return { text: say(key, { step: number(verification.last) }), tone: 'soft' };
    }
    case 'done':
      return saidOutcome(verification.outcome);
    case 'failed':
      return { text: say(`verify.failed.${verification.trouble}`), tone: 'warn' };
    default:
      return verification satisfies never;
  }

  function saidOutcome(outcome: Outcome): Said {
    switch (outcome.kind) {
      case 'equal': {
        const { measurements: count, step } = outcome;
        const whole = 'step' in run.status && step >= run.status.step;
        const key: TextKey = whole ? 'verify.equal' : 'verify.equal.to';
        return { text: say(key, { count, number: number(count), step: number(step) }), tone: 'good', icon: 'check' };
      }
      case 'differs':
        return { text: say('verify.differs', { step: number(outcome.step) }), tone: 'bad', icon: 'cross' };
      case 'other-engine':
        return { text: say('verify.other-engine', { engine: outcome.engine }), tone: 'soft' };
      case 'nothing':
        return { text: say('verify.nothing'), tone: 'soft' };
      default:
        return outcome satisfies never;
    }
  }
}
