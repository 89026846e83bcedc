/** Signs that people give while something is shown: four buttons with how many have pressed them in the last seconds. */
import { mayReact, type Reaction, reactions } from '../../shared/protocol/reactions.ts';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useFacts, useRoom, useRoomView, useYou } from '../room/context.tsx';
import { Icon, type IconName } from '../shell/icons.tsx';
import './chat.css';

const signs: Readonly<Record<Reaction, IconName>> = { clear: 'check', lost: 'help', wow: 'guess', slower: 'pause' };

/** Draws the buttons where the host wants reactions. */
export function ReactionBar() {
  const { say, language } = useWords();
  const room = useRoom();
  const you = useYou();
  const facts = useFacts();
  const counts = useRoomView((view) => view.reactions);
  if (!mayReact(facts, you.id)) return null;
  return (
    <div className="reactions" role="group" aria-label={say('react.title')} data-testid="reactions">
      {reactions.map((reaction) => (
        <button
          key={reaction}
          type="button"
          className="plain-button outlined"
          onClick={() => room.react(reaction)}
          data-testid={`react-${reaction}`}
        >
          <Icon name={signs[reaction]} size={16} />
          {say(`react.${reaction}`)}
          {counts[reaction] > 0 && <span className="number">{wholeNumber(counts[reaction], language)}</span>}
        </button>
      ))}
    </div>
  );
}

/** Draws the signs of the last seconds on the projector; nothing where there are none. */
export function ScreenReactions() {
  const { say, language } = useWords();
  const counts = useRoomView((view) => view.reactions);
  const given = reactions.filter((reaction) => counts[reaction] > 0);
  if (given.length === 0) return null;
  return (
    <span className="chip projection-hands" data-testid="screen-reactions">
      {given.map((reaction) => (
        <span key={reaction} className="screen-reaction">
          <Icon name={signs[reaction]} />
          {say(`react.${reaction}`)} {wholeNumber(counts[reaction], language)}
        </span>
      ))}
    </span>
  );
}
