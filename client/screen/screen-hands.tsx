/** How many hands are up, on the projector; who raised them is for those who lead. */
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useFacts } from '../room/context.tsx';
import { Icon } from '../shell/icons.tsx';

/** Draws the count while there is one. */
export function ScreenHands() {
  const { say, language } = useWords();
  const { length } = useFacts().raisedHands;
  if (length === 0) return null;
  return (
    <span className="chip projection-hands" data-testid="screen-hands">
      <Icon name="hand" />
      {say('screen.hands', { count: length, shown: wholeNumber(length, language) })}
    </span>
  );
}
