/** Decides who comes in and under which name. Rules J1 to J17. */
import type { Device, ServerCommand } from './commands.ts';
import type { Circumstances, Decision } from './decision.ts';
import { fixedLimits } from './limits.ts';
import { entryOf } from './merge-people.ts';
import { refused } from './refusal.ts';
import { quote } from './schema-errors.ts';
import type { Person, PersonId, Role, RoomState } from './state.ts';
import { cleanName, graphemes, nameKey, upToGraphemes } from './texts.ts';

type PeopleCommand = Extract<ServerCommand, { type: 'join' | 'return' }>;

/** What hosts and screens are called who give no name. Numbers keep them apart. */
const defaultNames: Record<Role, Record<RoomState['language'], string> | null> = {
  host: { en: 'Host', 'zh-CN': '主持人' },
  'co-host': { en: 'Co-host', 'zh-CN': '协同主持人' },
  screen: { en: 'Screen', 'zh-CN': '大屏幕' },
  student: null,
};

export function decidePeople(state: RoomState, command: PeopleCommand, given: Circumstances): Decision {
  if (state.endedAt !== null) return hasEndedRefusal();
  if (command.type === 'return') return decideReturn(state, command.data.person, command.data.device ?? [], given);
  const { role, name: asked, count = 1, device = [], pretend } = command.data;
  const people = Object.values(state.people);
  // The key of a room opens it whatever was done to the device.
  if (role !== 'host') {
    if (isBanned(state, device)) return banned();
    if (state.locked) return refused('room-locked', 'the room is locked: only those who have been in it may come back');
  }
  if (isFull(people, given)) return full(given);
  const fallback = defaultNames[role]?.[state.language];
  const name =
    asked === undefined && fallback !== undefined ? firstFree(state, fallback) : freeName(state, asked, 'name');
  if (typeof name !== 'string') return name;
  const person = `person-${people.length + 1}`;
  const several = count === 1 ? {} : { count };
  const played = pretend === undefined ? {} : { pretend };
  const waits = state.settings.admitByHand === true && role !== 'host' && pretend === undefined;
  const waiting = waits ? ({ waiting: true } as const) : {};
  return {
    ok: true,
    events: [{ type: 'person-joined', data: { person, name, role, ...several, ...played, ...waiting } }],
    result: { person },
  };
}

function decideReturn(state: RoomState, id: PersonId, device: Device, given: Circumstances): Decision {
  const person = entryOf(state, id);
  if (person === undefined) return refused('unauthorized', 'the token belongs to nobody in this room');
  if (person.role !== 'host' && isBanned(state, [id, ...device])) return banned();
  if (person.out?.kind === 'removed')
    return refused('removed', `${quote(person.name)} was removed from this room; join again under a name`);
  const result = { person: person.id };
  if (person.here || person.waiting === true) return { ok: true, events: [], result };
  if (isFull(Object.values(state.people), given)) return full(given);
  return { ok: true, events: [{ type: 'person-returned', data: { person: person.id } }], result };
}

const isBanned = (state: RoomState, ids: readonly PersonId[]): boolean =>
  ids.some((id) => entryOf(state, id)?.out?.kind === 'banned');

/** Returns the cleaned name if it is free in the room or `own` has it already, else why not, with one that is free. */
export function freeName(state: RoomState, asked: string | undefined, path: string, own?: PersonId) {
  const limit = fixedLimits.nameLength;
  const name = asked === undefined ? null : cleanName(asked, limit);
  if (name === null)
    return refused('name-invalid', `name is ${quote(asked)}; it must have 1 to ${limit} visible characters`, path);
  if (!takenNames(state, own).has(nameKey(name))) return name;
  const suggestion = firstFree(state, name);
  const { error } = refused('name-taken', `${quote(name)} is already in this room; ${quote(suggestion)} is free`, path);
  return { ok: false as const, error: { ...error, suggestion } };
}

/** An entry that was merged into another has given up its name; whoever has left has not. */
const takenNames = (state: RoomState, own?: PersonId): ReadonlySet<string> =>
  new Set(
    Object.values(state.people)
      .filter((person) => person.id !== own && person.out?.kind !== 'merged')
      .map((person) => nameKey(person.name)),
  );

/** A name or, where it is taken, the name with the first number that is free, cut so that it is not too long. */
function firstFree(state: RoomState, name: string): string {
  const taken = takenNames(state);
  let candidate = name;
  for (let n = 2; taken.has(nameKey(candidate)); n++) {
    const number = ` ${n}`;
    candidate = upToGraphemes(name, fixedLimits.nameLength - graphemes(number)).trimEnd() + number;
  }
  return candidate;
}

const isFull = (people: readonly Person[], given: Circumstances) =>
  people.filter((person) => (person.here || person.waiting === true) && given.holdsSeat(person.id)).length >=
  given.limits.maxPeople;

const full = (given: Circumstances) =>
  refused('room-full', `the room is full: it has room for ${given.limits.maxPeople} people`);

function banned(): Decision {
  const { error } = refused('removed', 'you were removed from this room, and your device may not come back');
  return { ok: false, error: { ...error, banned: true } };
}

/** What everybody hears who wants something of a room that is over. */
export const hasEndedRefusal = () => refused('room-ended', 'this room has ended');
