/** The bar of the pages outside of a room. */
import { Link } from 'wouter';
import { useWords } from '../i18n/words.ts';
import { InAppNote } from './in-app-note.tsx';
import { LanguageToggle, SchemeToggle } from './toggles.tsx';

/** Draws the name of the lab and the two choices. */
export function PageBar() {
  const { say } = useWords();
  return (
    <>
      <header className="bar">
        <Link href="/" className="bar-name">
          {say('app.name')}
        </Link>
        <span className="bar-space" />
        <LanguageToggle />
        <SchemeToggle />
      </header>
      <InAppNote />
    </>
  );
}
