/** The people of a room as a list shows them: who is meant by a search, in which order, and how present each is. */
import { leads } from '../../shared/protocol/roles.ts';
import type { Language, Person, PersonId, Role, RoomState } from '../../shared/protocol/state.ts';

/** `away`: cut off less than a minute ago, so probably on the way back. */
export type Presence = 'connected' | 'away' | 'gone';

/** Who is connected, as the server says it, and whose page this is, which is connected as long as somebody sees it. */
export type Connected = {
  readonly connected: ReadonlySet<PersonId>;
  readonly away: ReadonlySet<PersonId>;
  readonly you: PersonId;
};

/** How present somebody is. */
export function presenceOf(id: PersonId, { connected, away, you }: Connected): Presence {
  if (id === you || connected.has(id)) return 'connected';
  return away.has(id) ? 'away' : 'gone';
}

const order: Readonly<Record<Role, number>> = { host: 0, 'co-host': 1, student: 2, screen: 3 };

/**
 * Returns the people who have not left and whose name contains the search: raised hands first, in their order, then by role and
 * name. Presence does not move anybody, so that a row stays under the finger that goes for it.
 */
export function listed(
  { people, raisedHands }: Pick<RoomState, 'people' | 'raisedHands'>,
  search: string,
  language: Language,
): readonly Person[] {
  const wanted = search.trim().toLocaleLowerCase(language);
  const place = new Map(raisedHands.map((id, n) => [id, n]));
  const compare = new Intl.Collator(language, { numeric: true }).compare;
  return Object.values(people)
    .filter(({ here, name }) => here && name.toLocaleLowerCase(language).includes(wanted))
    .sort(
      (a, b) =>
        (place.get(a.id) ?? Infinity) - (place.get(b.id) ?? Infinity) ||
        order[a.role] - order[b.role] ||
        compare(a.name, b.name),
    );
}

/** Heads at the devices of a room, and how many of those are connected; the projector is nobody. */
export function headsOf(people: RoomState['people'], present: Connected) {
  const here = Object.values(people).filter((person) => person.here && person.role !== 'screen');
  const heads = (some: readonly Person[]): number => some.reduce((sum, { count }) => sum + count, 0);
  const connected = here.filter(({ id }) => presenceOf(id, present) === 'connected');
  return { count: heads(here), connected: heads(connected), devices: here.length };
}

/** What may be done with an entry, in the order in which it is offered. */
export const deeds = ['lower-hand', 'rename', 'grant', 'revoke', 'merge', 'remove', 'ban'] as const;
export type Deed = (typeof deeds)[number];

/** Returns what one person may do with the entry of another, or with the own; the server judges by the same rules. */
export function deedsOn(person: Person, you: Pick<Person, 'id' | 'role'>, handIsUp: boolean): Deed[] {
  const isYou = person.id === you.id;
  if (!leads(you.role)) return isYou && you.role !== 'screen' ? ['rename'] : [];
  const mayTouch = you.role === 'host' || !leads(person.role);
  const may: Record<Deed, boolean> = {
    'lower-hand': handIsUp,
    rename: isYou || mayTouch,
    grant: you.role === 'host' && person.role === 'student',
    revoke: you.role === 'host' && person.role === 'co-host',
    merge: person.role === 'student',
    remove: !isYou && mayTouch,
    ban: !isYou && mayTouch && person.role !== 'host',
  };
  return deeds.filter((deed) => may[deed]);
}
