/** What stands in the place of accuracies where a network repeats its inputs: that there is none, and why. */
import { useWords } from '../../i18n/words.ts';

/** Draws the note. */
export function NoAccuracy() {
  const { say } = useWords();
  return (
    <section className="outcome" data-testid="outcome-no-accuracy">
      <h3 className="outcome-title">{say('outcome.accuracy')}</h3>
      <p className="soft outcome-none">{say('outcome.copies')}</p>
    </section>
  );
}
