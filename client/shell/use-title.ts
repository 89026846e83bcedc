/** What the browser calls a page: its title, and the name of the lab. */
import { useEffect } from 'react';
import { useWords } from '../i18n/words.ts';

/** Gives the page a title for as long as it is shown; an empty one is the name of the lab alone. */
export function useTitle(title: string): void {
  const { say } = useWords();
  useEffect(() => {
    document.title = title === '' ? say('app.name') : `${title} · ${say('app.name')}`;
    return () => {
      document.title = say('app.name');
    };
  }, [title, say]);
}
