/** What somebody is called on this page: by name, or on a projector that is to name nobody, by number. */
import { useCallback } from 'react';
import type { PersonId, RoomState } from '../../shared/protocol/state.ts';
import { isolated } from '../i18n/isolated.ts';
import { type Say, useWords } from '../i18n/words.ts';
import { useFacts, useYou } from '../room/context.tsx';

/** Returns the name for a sentence; students get numbers in the order in which they came. */
export function shownName(say: Say, { people }: Pick<RoomState, 'people'>, id: PersonId, asNumber: boolean): string {
  const person = people[id];
  if (person === undefined) return '';
  if (!asNumber || person.role !== 'student') return isolated(person.name);
  const students = Object.values(people).filter(({ role }) => role === 'student');
  return say('screen.person', { n: students.indexOf(person) + 1 });
}

/** Gives components the function that names people. */
export function useShownName(): (id: PersonId) => string {
  const { say } = useWords();
  const state = useFacts();
  const { role } = useYou();
  const asNumber = role === 'screen' && state.settings.anonymousOnScreen;
  return useCallback((id) => shownName(say, state, id, asNumber), [say, state, asNumber]);
}
