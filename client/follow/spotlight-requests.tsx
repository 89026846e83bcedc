/** Who asks for the spotlight, for those who lead: it is given or declined with one press, the first to ask first. */
import { isolated } from '../i18n/isolated.ts';
import { useWords } from '../i18n/words.ts';
import { useFacts, useMay, useRoom, useWaiting } from '../room/context.tsx';
import { Icon } from '../shell/icons.tsx';
import { useSpoken } from '../shell/live-region.tsx';
import { lookUp } from '../../shared/protocol/state.ts';

/** Draws the banner where somebody asks. */
export function SpotlightRequests() {
  const { say } = useWords();
  const room = useRoom();
  const may = useMay('lock-view');
  const { lead, people } = useFacts();
  const giving = useWaiting('spotlight');
  const declining = useWaiting('decline-spotlight');
  const asked = may ? (lead.asked ?? []) : [];
  const first = asked[0] === undefined ? undefined : lookUp(people, asked[0]);
  const name = first === undefined ? '' : isolated(first.name);
  const told = first === undefined ? '' : say('lead.asked', { name, count: asked.length });
  useSpoken(told, false);
  if (first === undefined) return null;
  return (
    <section className="banner" aria-label={say('lead.asked.label')} data-testid="spotlight-requests">
      <Icon name="lead" />
      <span>{told}</span>
      <button
        type="button"
        className="plain-button outlined"
        disabled={giving}
        aria-label={say('lead.asked.give.name', { name })}
        onClick={() => void room.send('spotlight', { person: first.id })}
        data-testid="spotlight-give"
      >
        {say('lead.asked.give')}
      </button>
      <button
        type="button"
        className="plain-button outlined"
        disabled={declining}
        aria-label={say('lead.asked.decline.name', { name })}
        onClick={() => void room.send('decline-spotlight', { person: first.id })}
        data-testid="spotlight-decline"
      >
        {say('lead.asked.decline')}
      </button>
    </section>
  );
}
