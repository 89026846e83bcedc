/** What whoever leads does with everybody's view: take the class along or not, call it back, lock the view, light a student. */
import { Button, NativeSelect } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { Toggle } from '../plots/card/toggle.tsx';
import { useFacts, useMay, useRoom, useWaiting } from '../room/context.tsx';
import { Dialog } from '../shell/dialog.tsx';
import { Icon } from '../shell/icons.tsx';
import { useView } from '../view/context.tsx';
import { useFollower } from './context.tsx';
import './follow.css';

/** Draws the button and its dialog, for whoever leads. */
export function LeadButton() {
  const { say } = useWords();
  const may = useMay('lock-view');
  const [opened, { open, close }] = useDisclosure(false);
  if (!may) return null;
  return (
    <>
      <button
        type="button"
        className="plain-button lead-button"
        onClick={open}
        title={say('lead.title')}
        aria-label={say('lead.title')}
        data-testid="lead-open"
      >
        <Icon name="lead" />
        <span className="bar-wide">{say('lead.title')}</span>
      </button>
      <Dialog opened={opened} onClose={close} title={say('lead.title')}>
        <LeadSettings />
      </Dialog>
    </>
  );
}

function LeadSettings() {
  const { say, language } = useWords();
  const room = useRoom();
  const follower = useFollower();
  const free = useView((view) => view.free);
  const { lead } = useFacts();
  const calling = useWaiting('call-back');
  const [calledAt, setCalledAt] = useState('');
  const call = async (): Promise<void> => {
    const ack = await room.send('call-back', {});
    if (ack.ok) setCalledAt(new Date().toLocaleTimeString(language));
  };
  return (
    <div className="lead-settings">
      <Toggle
        text={say('lead.show')}
        pressed={!free}
        hook="lead-show"
        onPress={free ? follower.lead : follower.leave}
      />
      <p className="soft">{say('lead.show.detail')}</p>
      <Toggle
        text={say('lead.lock')}
        pressed={lead.locked}
        hook="lead-lock"
        onPress={() => void room.send('lock-view', { locked: !lead.locked })}
      />
      <p className="soft">{say('lead.lock.detail')}</p>
      <Button variant="default" loading={calling} onClick={() => void call()} data-testid="lead-call">
        {say('lead.call')}
      </Button>
      <p role="status" className="soft">
        {calledAt === '' ? '' : say('lead.called', { time: calledAt })}
      </p>
      <Spotlight />
    </div>
  );
}

function Spotlight() {
  const { say, language } = useWords();
  const room = useRoom();
  const { people, lead } = useFacts();
  const students = Object.values(people)
    .filter(({ here, role }) => here && role === 'student')
    .toSorted((one, other) => one.name.localeCompare(other.name, language));
  return (
    <NativeSelect
      label={say('lead.spotlight')}
      value={lead.spotlight ?? ''}
      onChange={({ currentTarget: { value } }) => void room.send('spotlight', { person: value === '' ? null : value })}
      data={[
        { value: '', label: say('lead.spotlight.none') },
        ...students.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      data-testid="lead-spotlight"
    />
  );
}
