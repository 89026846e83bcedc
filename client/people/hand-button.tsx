/** The button with which somebody asks to be called on. */
import { useWords } from '../i18n/words.ts';
import { useFacts, useRoom, useWaiting, useYou } from '../room/context.tsx';
import { Icon } from '../shell/icons.tsx';

/** Draws the button for those who take part and do not lead alone. */
export function HandButton({ worded = false }: { readonly worded?: boolean }) {
  const { say } = useWords();
  const room = useRoom();
  const { id, role } = useYou();
  const isUp = useFacts().raisedHands.includes(id);
  const waits = [useWaiting('raise-hand'), useWaiting('lower-hand')].includes(true);
  if (role === 'host' || role === 'screen') return null;
  const name = say(isUp ? 'hand.lower' : 'hand.raise');
  return (
    <button
      type="button"
      className={worded ? 'plain-button outlined hand' : 'plain-button hand'}
      aria-pressed={isUp}
      aria-label={say('hand.raise')}
      title={name}
      disabled={waits}
      onClick={() => void room.send(isUp ? 'lower-hand' : 'raise-hand', {})}
      data-testid="hand"
    >
      <Icon name="hand" />
      {worded && <span>{say(isUp ? 'hand.up' : 'hand.raise')}</span>}
    </button>
  );
}
