/** Decides what the room follows: the view shown, the lock, the call back, the spotlight. Rules V1 to V6. */
import type { Command } from './commands.ts';
import type { Decision } from './decision.ts';
import type { RoomEvent } from './events.ts';
import { refused } from './refusal.ts';
import { leads } from './roles.ts';
import { lookUp, type Person, type PersonId, type RoomState } from './state.ts';

export type LeadCommand = Extract<
  Command,
  { type: 'show-view' | 'lock-view' | 'call-back' | 'spotlight' | 'ask-spotlight' | 'decline-spotlight' }
>;

/**
 * Whether somebody's view and pointer are those of the room: of whoever leads, and of the student under the spotlight unless the
 * view is locked.
 */
export function mayShow({ people, lead }: Pick<RoomState, 'people' | 'lead'>, id: PersonId): boolean {
  const person = lookUp(people, id);
  return person !== undefined && person.here && (leads(person.role) || (lead.spotlight === id && !lead.locked));
}

export function decideLead(state: RoomState, person: Person, command: LeadCommand): Decision {
  const { lead } = state;
  const done = (...events: RoomEvent[]): Decision => ({ ok: true, events });
  switch (command.type) {
    case 'show-view': {
      if (lead.locked && lead.spotlight === person.id) {
        return refused('conflict', 'the view is locked: until that is undone only who leads moves it');
      }
      if (!mayShow(state, person.id)) {
        return refused('unauthorized', 'only who leads, or is under the spotlight, may show a view to the room');
      }
      const { view } = command.data;
      return lead.view?.text === view ? done() : done({ type: 'view-shown', data: { view, person: person.id } });
    }
    case 'lock-view': {
      const { locked } = command.data;
      return locked === lead.locked ? done() : done({ type: 'view-locked', data: { locked } });
    }
    case 'call-back':
      return done({ type: 'everybody-called', data: {} });
    case 'spotlight':
      return decideSpotlight(state, person, command.data.person);
    case 'ask-spotlight': {
      const isIdle = lead.spotlight === person.id || lead.asked?.includes(person.id) === true;
      return isIdle ? done() : done({ type: 'spotlight-asked', data: { person: person.id } });
    }
    case 'decline-spotlight': {
      const { person: id = person.id } = command.data;
      if (id !== person.id && !leads(person.role)) {
        return refused('unauthorized', 'only who leads may decline what somebody else asks', 'data.person');
      }
      return lead.asked?.includes(id) === true ? done({ type: 'spotlight-declined', data: { person: id } }) : done();
    }
    default:
      return command satisfies never;
  }
}

function decideSpotlight(state: RoomState, person: Person, id: PersonId | null): Decision {
  const { lead, people } = state;
  if (!leads(person.role) && !(id === null && lead.spotlight === person.id)) {
    return refused('unauthorized', 'only who leads may give the spotlight; who has it may leave it', 'type');
  }
  if (id === lead.spotlight) return { ok: true, events: [] };
  const chosen = id === null ? null : lookUp(people, id);
  if (chosen === undefined || chosen?.here === false) {
    return refused('not-found', `${id} is not in this room`, 'data.person');
  }
  if (chosen !== null && chosen.role !== 'student') {
    return refused('invalid', `${id} is a ${chosen.role}; the spotlight is for students`, 'data.person');
  }
  return { ok: true, events: [{ type: 'spotlight-set', data: { person: id } }] };
}
