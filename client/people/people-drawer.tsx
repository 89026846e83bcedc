/** Who is in the room, and for those who lead what can be done about them and about the door. */
import { Drawer, TextInput } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { leads } from '../../shared/protocol/roles.ts';
import type { Person } from '../../shared/protocol/state.ts';
import { isolated } from '../i18n/isolated.ts';
import { useWords } from '../i18n/words.ts';
import { useFacts, useRoom, useRoomView, useYou } from '../room/context.tsx';
import { type Connected, deedsOn, headsOf, listed, presenceOf } from './listing.ts';
import { PersonRow } from './person-row.tsx';
import { RoomControls } from './room-controls.tsx';
import './people.css';

/** Draws the drawer. */
export function PeopleDrawer({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { say } = useWords();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="md"
      title={say('people.title')}
      closeButtonProps={{ 'aria-label': say('app.close') }}
    >
      {opened && <PeopleList />}
    </Drawer>
  );
}

function useConnected(): Connected {
  const connected = useRoomView((view) => view.connected);
  const away = useRoomView((view) => view.away);
  const { id } = useYou();
  return useMemo(() => ({ connected, away, you: id }), [connected, away, id]);
}

function PeopleList() {
  const { say, language } = useWords();
  const { people, raisedHands } = useFacts();
  const you = useYou();
  const present = useConnected();
  const room = useRoom();
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<string | null>(null);
  const [merging, setMerging] = useState<Person | null>(null);
  const found = useMemo(
    () => listed({ people, raisedHands }, search, language),
    [people, raisedHands, search, language],
  );
  const mergeInto = useCallback(
    (into: Person) => {
      if (merging !== null) void room.send('merge', { person: merging.id, into: into.id });
      setMerging(null);
      setOpen(null);
    },
    [merging, room],
  );
  const { count, connected, devices } = headsOf(people, present);
  const firstHost = Object.values(people).find(({ role }) => role === 'host')?.id;
  const isLeading = leads(you.role);
  return (
    <>
      {isLeading && <RoomControls />}
      <p className="soft" role="status">
        {say('people.count', { count, connected })}
        {devices !== count && ` ${say('people.devices', { devices })}`}
      </p>
      {isLeading && raisedHands.length > 0 && (
        <p className="hands-row">
          <strong>{say('people.hands', { count: raisedHands.length })}</strong>
          <button
            type="button"
            className="plain-button outlined"
            onClick={() => void room.send('lower-all-hands', {})}
            data-testid="lower-all-hands"
          >
            {say('people.hands.lower-all')}
          </button>
        </p>
      )}
      {merging !== null && (
        <p className="merging" role="status">
          {say('people.merge.who', { name: isolated(merging.name) })}
          <button type="button" className="plain-button outlined" onClick={() => setMerging(null)}>
            {say('app.cancel')}
          </button>
        </p>
      )}
      <TextInput
        aria-label={say('people.search')}
        placeholder={say('people.search')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        data-testid="people-search"
      />
      {found.length === 0 && <p className="soft">{say('people.none')}</p>}
      <ul className="people" aria-label={say('people.list')}>
        {found.map((person) => {
          const hand = raisedHands.indexOf(person.id) + 1;
          return (
            <PersonRow
              key={person.id}
              person={person}
              presence={presenceOf(person.id, present)}
              isYou={person.id === you.id}
              isRemote={person.role === 'host' && person.id !== firstHost}
              hand={hand}
              hasDeeds={deedsOn(person, you, hand > 0).length > 0}
              isOpen={open === person.id}
              onOpen={setOpen}
              mergingFrom={merging}
              onMerge={setMerging}
              onMergeInto={mergeInto}
            />
          );
        })}
      </ul>
      {isLeading && <Banned />}
    </>
  );
}

/** Those who are kept out, to be let in again. */
function Banned() {
  const { say } = useWords();
  const room = useRoom();
  const banned = Object.values(useFacts().people).filter(({ out }) => out?.kind === 'banned');
  if (banned.length === 0) return null;
  return (
    <section className="banned" aria-labelledby="banned">
      <h3 id="banned">{say('people.banned')}</h3>
      <ul className="people">
        {banned.map(({ id, name }) => (
          <li key={id} className="person">
            <div className="person-line">
              <bdi className="person-name">{name}</bdi>
              <button
                type="button"
                className="plain-button outlined"
                aria-label={say('people.unban', { name: isolated(name) })}
                onClick={() => void room.send('unban', { person: id })}
                data-testid={`unban-${id}`}
              >
                {say('people.unban.short')}
              </button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
