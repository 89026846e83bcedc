/** Folds what happens to people: coming, going, names, roles, hands, and two entries that turn out to be one person. */
import type { NumberedEvent } from './events.ts';
import { withTeam } from './board.ts';
import { mergePeople } from './merge-people.ts';
import { assertNever } from './refusal.ts';
import { known, type Person, type PersonId, type RoomState } from './state.ts';

export type PeopleEvent = Extract<
  NumberedEvent,
  { readonly type: `person-${string}` | 'role-changed' | 'people-merged' | `hand-${string}` | 'hands-lowered' }
>;

/** Returns the state after one more event about people. */
export function evolvePeople(state: RoomState, event: PeopleEvent): RoomState {
  switch (event.type) {
    case 'person-joined': {
      const { person: id, name, role, count = 1, pretend } = event.data;
      const played = pretend === undefined ? {} : { pretend };
      const person: Person = { id, name, role, here: true, count, out: null, ...played };
      const teams = role === 'student' ? withTeam(state.teams, id) : state.teams;
      return { ...state, people: { ...state.people, [id]: person }, teams };
    }
    case 'person-left':
      return gone(state, event.data.person, null);
    case 'person-returned':
      return withPerson(state, event.data.person, { here: true });
    case 'person-renamed':
      return withPerson(state, event.data.person, { name: event.data.name });
    case 'role-changed':
      return withPerson(state, event.data.person, { role: event.data.role });
    case 'person-removed':
      return gone(state, event.data.person, { kind: 'removed' });
    case 'person-banned':
      return gone(state, event.data.person, { kind: 'banned' });
    case 'person-unbanned':
      return withPerson(state, event.data.person, { out: null });
    case 'people-merged':
      return mergePeople(state, event.data.person, event.data.into);
    case 'hand-raised':
      return { ...state, raisedHands: [...state.raisedHands, event.data.person] };
    case 'hand-lowered':
      return handDown(state, event.data.person);
    case 'hands-lowered':
      return { ...state, raisedHands: [] };
    default:
      return assertNever(event);
  }
}

/** Whoever goes takes the hand down. */
const gone = (state: RoomState, id: PersonId, out: Person['out']): RoomState =>
  handDown(withPerson(state, id, { here: false, out }), id);

const handDown = (state: RoomState, id: PersonId): RoomState => ({
  ...state,
  raisedHands: state.raisedHands.filter((person) => person !== id),
});

function withPerson(state: RoomState, id: PersonId, change: Partial<Person>): RoomState {
  const person = known(state.people, id);
  return { ...state, people: { ...state.people, [id]: { ...person, ...change } } };
}
