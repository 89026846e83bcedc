/** What a verification that did not end well has to show to those who want to know: both digests, or what went wrong. */
import { useWords } from '../i18n/words.ts';
import type { Verification } from '../verify/verifications.ts';

/** Draws the disclosure, where there is something to disclose. */
export function VerifyDetails({ verification }: { readonly verification: Verification }) {
  const { say } = useWords();
  if (verification.kind === 'failed' && verification.message !== '')
    return (
      <details>
        <summary>{say('verify.failed.detail')}</summary>
        <span lang="en">{verification.message}</span>
      </details>
    );
  if (verification.kind !== 'done' || verification.outcome.kind !== 'differs') return null;
  const { ours, theirs, field } = verification.outcome;
  return (
    <details>
      <summary>{say('verify.differs.detail')}</summary>
      <dl className="digests">
        <dt>{say('verify.differs.ours')}</dt>
        <dd>{ours ?? say('verify.differs.none')}</dd>
        <dt>{say('verify.differs.theirs')}</dt>
        <dd>{theirs ?? say('verify.differs.none')}</dd>
      </dl>
      {field !== null && <p>{say('verify.differs.field', { field })}</p>}
    </details>
  );
}
