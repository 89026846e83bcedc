/** Decides what is done with the room itself: its door, its code, its settings, its end. Rules J10, J13, J14, A7. */
import type { Command } from './commands.ts';
import type { Circumstances, Decision } from './decision.ts';
import type { RoomEvent } from './events.ts';
import { assertNever } from './refusal.ts';
import type { Person, RoomSettings, RoomState } from './state.ts';

type RoomCommand = Extract<Command, { type: 'lock' | 'unlock' | 'rotate-code' | 'settings' | 'end' }>;

const nothing: Decision = { ok: true, events: [] };

export function decideRoom(state: RoomState, actor: Person, command: RoomCommand, given: Circumstances): Decision {
  switch (command.type) {
    case 'lock':
      return state.locked ? nothing : { ok: true, events: [{ type: 'room-locked', data: {} }] };
    case 'unlock':
      return state.locked ? { ok: true, events: [{ type: 'room-unlocked', data: {} }] } : nothing;
    case 'rotate-code': {
      const { newCode: code } = given;
      return { ok: true, events: [{ type: 'code-rotated', data: { code } }], result: { code } };
    }
    case 'settings': {
      const { anonymousOnScreen = state.settings.anonymousOnScreen, joinOnScreen = state.settings.joinOnScreen } =
        command.data;
      const after = { anonymousOnScreen, joinOnScreen };
      if (isSame(after, state.settings)) return nothing;
      return { ok: true, events: [{ type: 'settings-changed', data: after }] };
    }
    case 'end': {
      const live = Object.values(state.runs).filter((run) => run.status.kind === 'live');
      // Nobody is left to look at what is still in training.
      const stopping = live.map((run): RoomEvent => ({
        type: 'run-stopping',
        data: { run: run.id, person: actor.id },
      }));
      return { ok: true, events: [...stopping, { type: 'room-ended', data: {} }] };
    }
    default:
      return assertNever(command);
  }
}

const isSame = (a: RoomSettings, b: RoomSettings): boolean =>
  a.anonymousOnScreen === b.anonymousOnScreen && a.joinOnScreen === b.joinOnScreen;
