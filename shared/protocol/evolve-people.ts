/** Folds what happens to people: coming, going, names, roles, hands, and two entries that turn out to be one person. */
import type { NumberedEvent } from './events.ts';
import { withTeam } from './board.ts';
import { withoutAsking } from './evolve-lead.ts';
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
      const { person: id, name, role, count = 1, pretend, waiting } = event.data;
      const marks = { ...(pretend === undefined ? {} : { pretend }), ...(waiting === undefined ? {} : { waiting }) };
      const person: Person = { id, name, role, here: waiting === undefined, count, out: null, ...marks };
      const joined = { ...state, people: { ...state.people, [id]: person } };
      return waiting === undefined ? inTeam(joined, person) : joined;
    }
    case 'person-admitted': {
      const { waiting: _over, ...person } = known(state.people, event.data.person);
      const admitted = { ...person, here: true };
      return inTeam({ ...state, people: { ...state.people, [person.id]: admitted } }, admitted);
    }
    case 'person-left':
      return gone(state, event.data.person, null);
    case 'person-returned':
      return withPerson(state, event.data.person, { here: true });
    case 'person-renamed':
      return withPerson(state, event.data.person, { name: event.data.name });
    case 'role-changed':
      return withPerson({ ...state, lead: withoutAsking(state.lead, event.data.person) }, event.data.person, {
        role: event.data.role,
      });
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

/** Students belong to a team from when they are in the room. */
const inTeam = (state: RoomState, { id, role }: Person): RoomState =>
  role === 'student' ? { ...state, teams: withTeam(state.teams, id) } : state;

/** Whoever goes takes the hand down, waits no more, and no more asks for the spotlight. */
function gone(state: RoomState, id: PersonId, out: Person['out']): RoomState {
  const { waiting: _over, ...person } = known(state.people, id);
  const lead = withoutAsking(state.lead, id);
  return handDown({ ...state, lead, people: { ...state.people, [id]: { ...person, here: false, out } } }, id);
}

const handDown = (state: RoomState, id: PersonId): RoomState => ({
  ...state,
  raisedHands: state.raisedHands.filter((person) => person !== id),
});

function withPerson(state: RoomState, id: PersonId, change: Partial<Person>): RoomState {
  const person = known(state.people, id);
  return { ...state, people: { ...state.people, [id]: { ...person, ...change } } };
}
