/** Says in the browser of another app how to open one's own, where this device keeps a place in a room. */
import { useWords } from '../i18n/words.ts';
import { appOfBrowser } from './in-app.ts';

/** Draws the line; nothing in a browser of its own. */
export function InAppNote() {
  const { say } = useWords();
  const app = appOfBrowser(navigator.userAgent);
  if (app === null) return null;
  return (
    <p className="in-app" role="note" data-testid="in-app">
      {say('in-app.note', { app })}
    </p>
  );
}
