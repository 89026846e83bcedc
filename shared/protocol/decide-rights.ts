/** Decides who leads, what people are called, and who has to go. Rules A2 to A5, J11, J12. */
import type { Command } from './commands.ts';
import { freeName } from './decide-people.ts';
import type { Decision } from './decision.ts';
import type { RoomEvent } from './events.ts';
import { assertNever, refused } from './refusal.ts';
import { leads } from './roles.ts';
import { quote } from './schema-errors.ts';
import { lookUp, type Person, type PersonId, type RoomState } from './state.ts';

type RightsCommand = Extract<Command, { type: 'rename' | 'grant' | 'revoke' | 'remove' | 'ban' | 'unban' | 'merge' }>;

const nothing: Decision = { ok: true, events: [] };
const happened = (event: RoomEvent): Decision => ({ ok: true, events: [event] });

export function decideRights(state: RoomState, actor: Person, command: RightsCommand): Decision {
  const { person: id = actor.id } = command.data;
  const person = personIn(state, id);
  if (person === null) return refused('not-found', `there is no person ${quote(id)}`, 'data.person');
  switch (command.type) {
    case 'rename':
      return decideRename(state, actor, person, command.data.name);
    case 'grant':
    case 'revoke':
      return decideRole(person, command.type);
    case 'remove':
    case 'ban':
      return decideRemoval(actor, person, command.type);
    case 'unban':
      return person.out?.kind === 'banned' ? happened({ type: 'person-unbanned', data: { person: id } }) : nothing;
    case 'merge':
      return decideMerge(state, person, command.data.into);
    default:
      return assertNever(command);
  }
}

/** Somebody who has an entry of their own: who was merged into another has none any more. */
function personIn(state: RoomState, id: PersonId): Person | null {
  const person = lookUp(state.people, id);
  return person === undefined || person.out?.kind === 'merged' ? null : person;
}

/** Hosts may touch everybody, co-hosts only those who do not lead. */
const mayTouch = (actor: Person, person: Person): boolean => actor.role === 'host' || !leads(person.role);

const notYours = (person: Person) =>
  refused('unauthorized', `only a host may do that to ${quote(person.name)}, who leads`, 'data.person');

function decideRename(state: RoomState, actor: Person, person: Person, asked: string): Decision {
  if (person.id !== actor.id) {
    if (!leads(actor.role)) return refused('unauthorized', 'only those who lead may rename others', 'data.person');
    if (!mayTouch(actor, person)) return notYours(person);
  }
  const name = freeName(state, asked, 'data.name', person.id);
  if (typeof name !== 'string') return name;
  return name === person.name ? nothing : happened({ type: 'person-renamed', data: { person: person.id, name } });
}

function decideRole(person: Person, command: 'grant' | 'revoke'): Decision {
  const role = command === 'grant' ? 'co-host' : 'student';
  if (person.role === role) return nothing;
  if (person.role === 'host' || person.role === 'screen')
    return refused('conflict', `${quote(person.name)} is a ${person.role}; that cannot be changed`, 'data.person');
  if (person.out !== null) return refused('conflict', `${quote(person.name)} is no longer in this room`, 'data.person');
  return happened({ type: 'role-changed', data: { person: person.id, role } });
}

function decideRemoval(actor: Person, person: Person, command: 'remove' | 'ban'): Decision {
  if (person.id === actor.id) return refused('conflict', 'to go yourself, leave', 'data.person');
  if (!mayTouch(actor, person)) return notYours(person);
  if (command === 'ban' && person.role === 'host')
    return refused('conflict', 'a host has the key to this room and cannot be banned', 'data.person');
  const known = person.out?.kind;
  if (known === 'banned' || (command === 'remove' && known === 'removed')) return nothing;
  return happened({ type: command === 'ban' ? 'person-banned' : 'person-removed', data: { person: person.id } });
}

function decideMerge(state: RoomState, person: Person, intoId: PersonId): Decision {
  const into = personIn(state, intoId);
  if (into === null) return refused('not-found', `there is no person ${quote(intoId)}`, 'data.into');
  if (into.id === person.id) return refused('conflict', 'these are one person already', 'data.into');
  for (const [one, path] of [[person, 'data.person'] as const, [into, 'data.into'] as const]) {
    if (one.out !== null) return refused('conflict', `${quote(one.name)} was told to go`, path);
    if (one.waiting === true) return refused('conflict', `${quote(one.name)} is still at the door`, path);
    // Both tokens open the merged entry afterwards: nobody may come to lead that way.
    if (one.role !== 'student')
      return refused('conflict', `${quote(one.name)} is a ${one.role}; only students are merged`, path);
  }
  return happened({ type: 'people-merged', data: { person: person.id, into: into.id } });
}
