/** What went wrong, in one sentence by its code; what the server said is there for those who want it. */
import { useWords } from '../i18n/words.ts';
import { sentenceFor, type Trouble } from '../room/refusals.ts';

/** Draws the note; it is read aloud at once. */
export function TroubleNote({ trouble }: { readonly trouble: Trouble }) {
  const { say } = useWords();
  return (
    <div className="trouble" role="alert" data-testid="trouble" data-code={trouble.code}>
      <p>{say(sentenceFor(trouble.code))}</p>
      {trouble.message !== '' && (
        <details>
          <summary>{say('error.detail')}</summary>
          <span lang="en">{trouble.message}</span>
        </details>
      )}
    </div>
  );
}
