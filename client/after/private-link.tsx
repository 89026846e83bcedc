/** The private link of a person, to copy: hidden until it is asked for, since whoever sees it could be that person. */
import { useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { copyText } from '../shell/clipboard.ts';
import { privateLink, type Session } from './session.ts';

/** Draws the link and its button. */
export function PrivateLink({ session }: { readonly session: Session }) {
  const { say } = useWords();
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <section>
      <h2>{say('me.link.title')}</h2>
      <p>{say('me.link.lead')}</p>
      <p className="after-links">
        <button
          type="button"
          className="plain-button outlined"
          onClick={() => void copyText(privateLink(session)).then(setCopied)}
          data-testid="me-copy"
        >
          {say(copied === true ? 'share.copied' : 'me.link.copy')}
        </button>
      </p>
      <p role="status">{copied === false ? <code>{privateLink(session)}</code> : ''}</p>
    </section>
  );
}
