/** Decides about the chat: opening it, saying something, hiding what was said. Rules D1 to D4. */
import { type Chat, maySayAt, noChat } from './chat.ts';
import type { Command } from './commands.ts';
import type { Circumstances, Decision } from './decision.ts';
import type { RoomEvent } from './events.ts';
import { fixedLimits } from './limits.ts';
import { refused } from './refusal.ts';
import { leads } from './roles.ts';
import type { Person, RoomState } from './state.ts';

export type ChatCommand = Extract<Command, { type: 'chat' | 'say' | 'hide-message' }>;

export function decideChat(state: RoomState, person: Person, command: ChatCommand, given: Circumstances): Decision {
  const chat = state.chat ?? noChat;
  switch (command.type) {
    case 'chat': {
      const { open = chat.open, slow = chat.slow } = command.data;
      return open === chat.open && slow === chat.slow ? done() : done({ type: 'chat-set', data: { open, slow } });
    }
    case 'say':
      return decideSay(chat, person, command.data.text, given);
    case 'hide-message': {
      const { message, hidden } = command.data;
      const found = chat.messages.find(({ id }) => id === message);
      if (found === undefined) return refused('not-found', `there is no message ${message}`, 'data.message');
      return found.hidden === hidden ? done() : done({ type: 'chat-hidden', data: { message, hidden } });
    }
    default:
      return command satisfies never;
  }
}

const done = (...events: RoomEvent[]): Decision => ({ ok: true, events });

function decideSay(chat: Chat, person: Person, text: string, given: Circumstances): Decision {
  if (!chat.open) return refused('conflict', 'the chat is closed');
  const waiting = leads(person.role) ? 0 : maySayAt(chat, person.id) - given.now;
  if (waiting > 0) {
    return refused('rate-limited', `one message in ${chat.slow} s; wait ${Math.ceil(waiting / 1000)} s`);
  }
  const { length } = chat.messages;
  if (length >= fixedLimits.messagesPerRoom) {
    return refused('limit-reached', `the room has had ${length} messages; the limit is reached`);
  }
  const message = `message-${length + 1}`;
  const said: RoomEvent = { type: 'chat-said', data: { message, author: person.id, text } };
  return { ok: true, events: [said], result: { message } };
}
