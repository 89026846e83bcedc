/** Decides what is done with the room itself: its door, its code, its settings, its end. Rules J10, J13, J14, J16, A7. */
import type { Command } from './commands.ts';
import type { Circumstances, Decision } from './decision.ts';
import type { RoomEvent } from './events.ts';
import { assertNever, refused } from './refusal.ts';
import { quote } from './schema-errors.ts';
import { lookUp, type Person, type PersonId, type RoomSettings, type RoomState, settingNames } from './state.ts';

type RoomCommand = Extract<
  Command,
  { type: 'admit' | 'admit-all' | 'lock' | 'unlock' | 'rotate-code' | 'settings' | 'end' }
>;

/** Ends a room, and whatever is still in training: nobody is left to look at it. */
export function endRoom({ runs }: RoomState, person: PersonId | 'server'): Decision {
  const live = Object.values(runs).filter((run) => run.status.kind === 'live');
  const stopping = live.map((run): RoomEvent => ({ type: 'run-stopping', data: { run: run.id, person } }));
  return { ok: true, events: [...stopping, { type: 'room-ended', data: {} }] };
}

const nothing: Decision = { ok: true, events: [] };

export function decideRoom(state: RoomState, actor: Person, command: RoomCommand, given: Circumstances): Decision {
  switch (command.type) {
    case 'admit':
      return decideAdmit(state, command.data.person);
    case 'admit-all':
      return { ok: true, events: admitAll(state) };
    case 'lock':
      return state.locked ? nothing : { ok: true, events: [{ type: 'room-locked', data: {} }] };
    case 'unlock':
      return state.locked ? { ok: true, events: [{ type: 'room-unlocked', data: {} }] } : nothing;
    case 'rotate-code': {
      const { newCode: code } = given;
      return { ok: true, events: [{ type: 'code-rotated', data: { code } }], result: { code } };
    }
    case 'settings': {
      const data = changed(state.settings, command.data);
      if (Object.keys(data).length === 0) return nothing;
      // An open door leaves nobody standing before it.
      const admitted = data.admitByHand === false ? admitAll(state) : [];
      return { ok: true, events: [{ type: 'settings-changed', data }, ...admitted] };
    }
    case 'end':
      return endRoom(state, actor.id);
    default:
      return assertNever(command);
  }
}

function decideAdmit({ people }: RoomState, id: PersonId): Decision {
  const person = lookUp(people, id);
  if (person === undefined) return refused('not-found', `there is no person ${quote(id)}`, 'data.person');
  // Two who lead may have pressed at the same moment.
  if (person.here) return nothing;
  if (person.waiting !== true)
    return refused('conflict', `${quote(person.name)} is not waiting at the door`, 'data.person');
  return { ok: true, events: [{ type: 'person-admitted', data: { person: id } }] };
}

const admitAll = ({ people }: RoomState): RoomEvent[] =>
  Object.values(people)
    .filter(({ waiting }) => waiting === true)
    .map(({ id }) => ({ type: 'person-admitted', data: { person: id } }));

/** What is another than it was; a setting that was never touched is off. */
function changed(was: RoomSettings, asked: Extract<Command, { type: 'settings' }>['data']): Partial<RoomSettings> {
  const news = settingNames.flatMap((name) => {
    const value = asked[name];
    return value === undefined || value === (was[name] ?? false) ? [] : [[name, value] as const];
  });
  return Object.fromEntries(news);
}
