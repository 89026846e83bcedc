/** The notes of the room: at which step of which run they stand and who wrote them; one more at the step on show. */
import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useShownName } from '../people/shown-name.ts';
import { useFacts, useMay, useRoom, useShown, useWaiting, useYou } from '../room/context.tsx';
import { RunMark } from '../panels/run-mark.tsx';
import { leads as isLeader } from '../../shared/protocol/roles.ts';
import type { Pin, RoomRun } from '../../shared/protocol/state.ts';
import { Icon } from '../shell/icons.tsx';
import { NoteForm } from './note-form.tsx';
import { limitOf } from './steps.ts';
import { useTransport } from './use-transport.ts';

type Props = { readonly opened: boolean; readonly onClose: () => void };

/** Draws the drawer, beside the plot on a wide screen and below it on a phone. */
export function NotesDrawer({ opened, onClose }: Props) {
  const { say } = useWords();
  const phone = useMediaQuery('(max-width: 839px)', window.innerWidth < 840, { getInitialValueInEffect: false });
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position={phone ? 'bottom' : 'right'}
      title={say('notes.title')}
      // What a note is about stays in sight.
      withOverlay={phone}
      lockScroll={phone}
      closeButtonProps={{ 'aria-label': say('app.close') }}
    >
      <Notes onJump={phone ? onClose : () => undefined} />
    </Drawer>
  );
}

function Notes({ onJump }: { readonly onJump: () => void }) {
  const { say } = useWords();
  const { pins, runs } = useFacts();
  const may = useMay('pin');
  const shown = useShown(250);
  const all = Object.values(pins)
    .flatMap((pin) => {
      const run = runs[pin.run];
      return run === undefined ? [] : [{ pin, run }];
    })
    .toSorted((one, other) => one.run.at - other.run.at || one.pin.step - other.pin.step);
  return (
    <div className="notes">
      {may && shown !== null && <NoteForm place={shown} />}
      {all.length === 0 && <p className="soft">{say('notes.empty')}</p>}
      <ul className="note-list">
        {all.map(({ pin, run }) => (
          <li key={pin.id}>
            <Note pin={pin} run={run} onJump={onJump} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Note({ pin, run, onJump }: { readonly pin: Pin; readonly run: RoomRun; readonly onJump: () => void }) {
  const { say, language } = useWords();
  const room = useRoom();
  const you = useYou();
  const nameOf = useShownName();
  const { leads, seek } = useTransport();
  const removing = useWaiting('unpin', pin.id);
  const { step, layer } = pin;
  const place = { label: run.label, step: wholeNumber(step, language) };
  const isOutput = layer === run.configuration.hidden.length + 1;
  const where =
    layer === null
      ? say('notes.at', place)
      : isOutput
        ? say('notes.at.output', place)
        : say('notes.at.layer', { ...place, layer });
  // What the class has not seen yet, nobody sees before it.
  const ahead = !leads && step > limitOf(room, run.id);
  const isOwn = pin.author === you.id;
  return (
    <article className="note" data-testid={`note-${pin.id}`} data-step={step}>
      <button
        type="button"
        className="plain-button note-place"
        disabled={ahead}
        onClick={() => {
          seek(step, run.id);
          onJump();
        }}
        data-testid={`note-jump-${pin.id}`}
      >
        <RunMark label={run.label} />
        {where}
      </button>
      <p>{pin.text}</p>
      <p className="note-foot soft">
        {isOwn ? say('notes.by.you') : say('notes.by', { name: nameOf(pin.author) })}
        {ahead && <span> · {say('notes.ahead')}</span>}
      </p>
      {(isOwn || isLeader(you.role)) && (
        <button
          type="button"
          className="plain-button note-remove"
          disabled={removing}
          title={say('notes.remove')}
          aria-label={say('notes.remove.which', { text: pin.text })}
          onClick={() => void room.send('unpin', { pin: pin.id })}
          data-testid={`note-remove-${pin.id}`}
        >
          <Icon name="cross" size={16} />
        </button>
      )}
    </article>
  );
}
