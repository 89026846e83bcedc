/** What events do to the chat of a room. */
import { type Chat, noChat } from './chat.ts';
import type { NumberedEvent } from './events.ts';

export type ChatEvent = Extract<NumberedEvent, { type: 'chat-set' | 'chat-said' | 'chat-hidden' }>;

/** Returns the chat after one more event; undefined is one that was never opened. */
export function evolveChat(chat: Chat = noChat, event: ChatEvent): Chat {
  switch (event.type) {
    case 'chat-set':
      return { ...chat, ...event.data };
    case 'chat-said': {
      const { message: id, author, text } = event.data;
      return { ...chat, messages: [...chat.messages, { id, author, at: event.at, text, hidden: false }] };
    }
    case 'chat-hidden': {
      const { message, hidden } = event.data;
      return { ...chat, messages: chat.messages.map((one) => (one.id === message ? { ...one, hidden } : one)) };
    }
    default:
      return event satisfies never;
  }
}
