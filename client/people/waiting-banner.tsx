/** Who waits at the door, for those who lead: all are let in with one press, or each by name. */
import { isolated } from '../i18n/isolated.ts';
import { useWords } from '../i18n/words.ts';
import { useFacts, useMay, useRoom, useWaiting } from '../room/context.tsx';
import { Icon } from '../shell/icons.tsx';
import { useSpoken } from '../shell/live-region.tsx';
import './people.css';

/** Draws the banner where somebody waits. */
export function WaitingBanner() {
  const { say } = useWords();
  const room = useRoom();
  const may = useMay('admit');
  const { people } = useFacts();
  const admitting = useWaiting('admit-all');
  const waiting = may ? Object.values(people).filter((person) => person.waiting === true) : [];
  const told = waiting.length === 0 ? '' : say('waiting.count', { count: waiting.length });
  useSpoken(told, false);
  if (waiting.length === 0) return null;
  return (
    <section className="banner waiting-banner" aria-label={say('waiting.label')} data-testid="waiting-banner">
      <Icon name="door" />
      <details>
        <summary data-testid="waiting-who">{told}</summary>
        <ul className="people">
          {waiting.map(({ id, name, role }) => (
            <li key={id} className="person">
              <div className="person-line">
                <span className="person-name">
                  <bdi>{name}</bdi>
                  {role === 'screen' && <span className="soft">{say('role.screen')}</span>}
                </span>
                <button
                  type="button"
                  className="plain-button outlined"
                  aria-label={say('waiting.admit.name', { name: isolated(name) })}
                  onClick={() => void room.send('admit', { person: id })}
                  data-testid={`admit-${id}`}
                >
                  {say('waiting.admit')}
                </button>
                <button
                  type="button"
                  className="plain-button outlined"
                  aria-label={say('waiting.refuse.name', { name: isolated(name) })}
                  onClick={() => void room.send('remove', { person: id })}
                  data-testid={`refuse-${id}`}
                >
                  {say('waiting.refuse')}
                </button>
              </div>
            </li>
          ))}
        </ul>
      </details>
      <button
        type="button"
        className="plain-button outlined"
        disabled={admitting}
        onClick={() => void room.send('admit-all', {})}
        data-testid="admit-all"
      >
        {say('waiting.admit.all')}
      </button>
    </section>
  );
}
