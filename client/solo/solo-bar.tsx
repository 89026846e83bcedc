/** The top of a room in this page: what is done here, where it lives, and the way back. */
import { Link } from 'wouter';
import { useWords } from '../i18n/words.ts';
import { useSaid } from '../lesson/use-said.ts';
import { HelpButton } from '../panels/help.tsx';
import { StateChip } from '../panels/state-chip.tsx';
import { LanguageToggle, SchemeToggle } from '../shell/toggles.tsx';
import { useSolo } from './context.tsx';

/** Draws the bar; on a phone the choices are on the last sheet. */
export function SoloBar() {
  const { say } = useWords();
  const said = useSaid();
  const { opening } = useSolo();
  return (
    <header className="bar room-bar" data-testid="solo-bar">
      <span className="bar-wide room-name">
        <Link href="/" className="bar-name">
          {say('app.name')}
        </Link>
      </span>
      <h1 className="solo-bar-title">{said(opening.title)}</h1>
      <StateChip />
      <span className="bar-space" />
      <Link href="/solo" className="solo-bar-list" data-testid="solo-all">
        {say('solo.list')}
      </Link>
      <span className="bar-wide bar-tools">
        <HelpButton />
        <LanguageToggle />
        <SchemeToggle />
      </span>
    </header>
  );
}
