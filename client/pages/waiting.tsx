/** At the door of a room whose host lets people in by hand: who one will be, and that there is nothing to do but wait. */
import { Link } from 'wouter';
import { isolated } from '../i18n/isolated.ts';
import { useWords } from '../i18n/words.ts';
import { Icon } from '../shell/icons.tsx';
import { PageBar } from '../shell/page-bar.tsx';

/** Draws the page; it goes by itself when the door is opened. */
export function WaitingPage({ name }: { readonly name: string }) {
  const { say } = useWords();
  return (
    <>
      <PageBar />
      <main className="door closed" data-testid="at-the-door">
        <div className="closed-sign" data-kind="waiting">
          <Icon name="door" size={32} />
        </div>
        <div role="status">
          <h1>{say('waiting.title')}</h1>
          <p>{say('waiting.text', { name: isolated(name) })}</p>
          <p className="soft">{say('waiting.detail')}</p>
        </div>
        <div className="closed-actions">
          <Link href="/" className="plain-button outlined" data-testid="closed-home">
            {say('app.home')}
          </Link>
        </div>
      </main>
    </>
  );
}
