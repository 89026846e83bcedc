/** The top of the room: what it is called, how to get in, how things stand, who is here. */
import { VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from 'wouter';
import { leads } from '../../shared/protocol/roles.ts';
import { useWords } from '../i18n/words.ts';
import { useFacts, useMay, useRoom, useRoomView, useYou } from '../room/context.tsx';
import { SoloBar } from '../solo/solo-bar.tsx';
import { ReadyButton } from '../ready/ready-button.tsx';
import { Icon } from '../shell/icons.tsx';
import { LanguageToggle, SchemeToggle } from '../shell/toggles.tsx';
import { HelpButton } from './help.tsx';
import { HandButton } from '../people/hand-button.tsx';
import { PeopleDrawer } from '../people/people-drawer.tsx';
import { ShareDialog } from './share.tsx';
import { StateChip } from './state-chip.tsx';
import { YouAre } from './you-are.tsx';

/** Draws the bar; on a phone only code, state and people are left of it. In a room of this page there is nobody to let in. */
export const TopBar = () => (useRoom().alone ? <SoloBar /> : <ClassBar />);

function ClassBar() {
  const { say, language } = useWords();
  const state = useFacts();
  const connected = useRoomView((view) => view.connected.size);
  // Those who lead see how many wait; the others have their own hand there.
  const { role } = useYou();
  const hands = leads(role) ? state.raisedHands.length : 0;
  const leading = useMay('share-record');
  const myPageName = say(leading ? 'me.class' : 'me.title');
  const myPage = { title: myPageName, 'aria-label': myPageName, 'data-testid': 'my-page' };
  const [sharing, share] = useDisclosure(false);
  const [listing, list] = useDisclosure(false);
  return (
    <header className="bar room-bar">
      <VisuallyHidden component="h1">
        {state.title === '' ? say('bar.room', { code: state.code }) : state.title}
      </VisuallyHidden>
      <span className="bar-wide room-name">
        <Link href="/" className="bar-name">
          {say('app.name')}
        </Link>
        {state.title !== '' && <span className="room-title">{state.title}</span>}
      </span>
      <button
        type="button"
        className="plain-button code-button"
        onClick={share.open}
        aria-label={say('bar.share', { code: state.code })}
        data-testid="share-open"
      >
        <span className="code" data-testid="room-code">
          {state.code}
        </span>
        <Icon name="qr" />
      </button>
      <StateChip />
      <span className="bar-space" />
      <span className="bar-wide you-are">
        <YouAre />
      </span>
      <button
        type="button"
        className="plain-button"
        onClick={list.open}
        aria-label={[
          say('bar.people', { count: connected }),
          ...(hands > 0 ? [say('people.hands', { count: hands })] : []),
        ].join(', ')}
        data-testid="people-open"
      >
        <Icon name="people" />
        <span className="number">{connected.toLocaleString(language)}</span>
        {hands > 0 && (
          <span className="hand-place" aria-hidden="true" data-hands={hands}>
            <Icon name="hand" size={14} />
          </span>
        )}
      </button>
      {role === 'student' && <HandButton />}
      <span className="bar-wide bar-tools">
        <ReadyButton />
        <a
          className="plain-button"
          href={`/r/${state.code}/screen`}
          target="_blank"
          rel="noreferrer"
          title={say('bar.screen')}
          aria-label={say('bar.screen')}
        >
          <Icon name="screen" />
        </a>
        <a className="plain-button" href={`/r/${state.code}/me`} target="_blank" rel="noreferrer" {...myPage}>
          <Icon name="save" />
        </a>
        <HelpButton />
        <LanguageToggle />
        <SchemeToggle />
      </span>
      <ShareDialog opened={sharing} onClose={share.close} />
      <PeopleDrawer opened={listing} onClose={list.close} />
    </header>
  );
}
