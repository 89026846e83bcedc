/** The first stop of the Tab key: leads past the bars and lists to what the page is about. */
import { useWords } from '../i18n/words.ts';

/** Draws the link, in sight only while it has the focus; the page has one `main` that can take the focus. */
export function SkipLink() {
  const { say } = useWords();
  return (
    <a
      href="#main"
      className="skip-link"
      onClick={(event) => {
        // The address says what is seen, not where the keyboard is.
        event.preventDefault();
        document.getElementById('main')?.focus();
      }}
      data-testid="skip-link"
    >
      {say('app.skip')}
    </a>
  );
}
