/** Decides who comes in and under which name. Rules J1 to J6. */
import type { ServerCommand } from './commands.ts';
import type { Circumstances, Decision } from './decision.ts';
import { fixedLimits } from './limits.ts';
import { refused } from './refusal.ts';
import { quote } from './schema-errors.ts';
import { lookUp, type Person, type Role, type RoomState } from './state.ts';
import { cleanName, nameKey } from './texts.ts';

type PeopleCommand = Extract<ServerCommand, { type: 'join' | 'return' }>;

/** What hosts and screens are called who give no name. Numbers keep them apart. */
const defaultNames: Record<Role, Record<RoomState['language'], string> | null> = {
  host: { en: 'Host', 'zh-CN': '主持人' },
  'co-host': { en: 'Co-host', 'zh-CN': '协同主持人' },
  screen: { en: 'Screen', 'zh-CN': '大屏幕' },
  student: null,
};

export function decidePeople(state: RoomState, command: PeopleCommand, given: Circumstances): Decision {
  if (command.type === 'return') return decideReturn(state, command.data.person, given);
  const people = Object.values(state.people);
  if (isFull(people, given)) return full(given);
  const { role } = command.data;
  const name = nameFor(state, role, command.data.name, people);
  if (typeof name !== 'string') return name;
  const person = `person-${people.length + 1}`;
  return { ok: true, events: [{ type: 'person-joined', data: { person, name, role } }], result: { person } };
}

function decideReturn(state: RoomState, id: string, given: Circumstances): Decision {
  const person = lookUp(state.people, id);
  if (person === undefined) return refused('unauthorized', 'the token belongs to nobody in this room');
  if (person.here) return { ok: true, events: [], result: { person: id } };
  if (isFull(Object.values(state.people), given)) return full(given);
  return { ok: true, events: [{ type: 'person-returned', data: { person: id } }], result: { person: id } };
}

function nameFor(state: RoomState, role: Role, asked: string | undefined, people: readonly Person[]) {
  const taken = new Set(people.map((person) => nameKey(person.name)));
  const fallback = defaultNames[role]?.[state.language];
  if (asked === undefined && fallback !== undefined) return firstFree(fallback, taken);
  const limit = fixedLimits.nameLength;
  const name = asked === undefined ? null : cleanName(asked, limit);
  if (name === null)
    return refused('name-invalid', `name is ${quote(asked)}; it must have 1 to ${limit} visible characters`, 'name');
  if (taken.has(nameKey(name)))
    return refused('name-taken', `${quote(name)} is already in this room; choose another name`, 'name');
  return name;
}

function firstFree(name: string, taken: ReadonlySet<string>): string {
  let candidate = name;
  for (let n = 2; taken.has(nameKey(candidate)); n++) candidate = `${name} ${n}`;
  return candidate;
}

const isFull = (people: readonly Person[], given: Circumstances) =>
  people.filter((person) => person.here).length >= given.limits.maxPeople;

const full = (given: Circumstances) =>
  refused('room-full', `the room is full: it has room for ${given.limits.maxPeople} people`);
