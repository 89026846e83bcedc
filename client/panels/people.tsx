/** Who is in the room: names, roles, and whether they are connected just now. */
import { Drawer, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { useFacts, useRoomView, useYou } from '../room/context.tsx';
import type { Person, Role } from '../../shared/protocol/state.ts';

const order: Readonly<Record<Role, number>> = { host: 0, 'co-host': 1, student: 2, screen: 3 };
const mostShown = 300;

/** Draws the drawer with the list and a search. */
export function PeopleDrawer({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { say } = useWords();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="sm"
      title={say('people.title')}
      closeButtonProps={{ 'aria-label': say('app.close') }}
    >
      {opened && <PeopleList />}
    </Drawer>
  );
}

function PeopleList() {
  const { say, language } = useWords();
  const { people } = useFacts();
  const you = useYou();
  const connected = useRoomView((view) => view.connected);
  const [search, setSearch] = useState('');
  const isConnected = (person: Person): boolean => person.id === you.id || connected.has(person.id);
  const here = Object.values(people).filter((person) => person.here);
  const wanted = search.trim().toLocaleLowerCase(language);
  const found = here
    .filter((person) => person.name.toLocaleLowerCase(language).includes(wanted))
    .toSorted(
      (a, b) =>
        order[a.role] - order[b.role] ||
        Number(isConnected(b)) - Number(isConnected(a)) ||
        a.name.localeCompare(b.name, language),
    );
  return (
    <>
      <p className="soft">{say('people.count', { count: here.length, connected: here.filter(isConnected).length })}</p>
      <TextInput
        aria-label={say('people.search')}
        placeholder={say('people.search')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {found.length === 0 && <p className="soft">{say('people.none')}</p>}
      <ul className="people">
        {found.slice(0, mostShown).map((person) => (
          <li key={person.id}>
            <span className={isConnected(person) ? 'presence here' : 'presence'} aria-hidden="true" />
            <span className="person-name">{person.name}</span>
            <span className="soft">
              {[
                person.id === you.id ? say('people.you') : null,
                person.pretend === true ? say('people.pretend') : null,
                person.role === 'student' ? null : say(`role.${person.role}`),
                isConnected(person) ? say('people.connected') : say('people.away'),
              ]
                .filter((part) => part !== null)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
