/** Decides raised hands. Rule A6. */
import type { Command } from './commands.ts';
import type { Decision } from './decision.ts';
import { assertNever, refused } from './refusal.ts';
import { leads } from './roles.ts';
import type { Person, RoomState } from './state.ts';

type HandCommand = Extract<Command, { type: 'raise-hand' | 'lower-hand' | 'lower-all-hands' }>;

const nothing: Decision = { ok: true, events: [] };

export function decideHands(state: RoomState, actor: Person, command: HandCommand): Decision {
  const { raisedHands } = state;
  switch (command.type) {
    case 'raise-hand':
      if (raisedHands.includes(actor.id)) return nothing;
      return { ok: true, events: [{ type: 'hand-raised', data: { person: actor.id } }] };
    case 'lower-hand': {
      const { person = actor.id } = command.data;
      if (person !== actor.id && !leads(actor.role))
        return refused('unauthorized', 'only those who lead may lower somebody else’s hand', 'data.person');
      if (!raisedHands.includes(person)) return nothing;
      return { ok: true, events: [{ type: 'hand-lowered', data: { person } }] };
    }
    case 'lower-all-hands':
      return raisedHands.length === 0 ? nothing : { ok: true, events: [{ type: 'hands-lowered', data: {} }] };
    default:
      return assertNever(command);
  }
}
