/** The chat of a room: closed until its host opens it, and what has been said in it. Rules D1 to D4. */
import type { PersonId } from './state.ts';

export type ChatMessage = {
  readonly id: string;
  readonly author: PersonId;
  readonly at: number;
  readonly text: string;
  /** Taken out of sight by who leads. */
  readonly hidden: boolean;
};

/** `slow`: a person says something once in so many seconds, 0: whenever. Messages are in the order in which they came. */
export type Chat = { readonly open: boolean; readonly slow: number; readonly messages: readonly ChatMessage[] };

export const noChat: Chat = { open: false, slow: 0, messages: [] };

/** When a person may say something again under slow mode, in ms of the server's clock; 0: at any time. */
export function maySayAt({ slow, messages }: Chat, person: PersonId): number {
  const last = slow === 0 ? undefined : messages.findLast(({ author }) => author === person);
  return last === undefined ? 0 : last.at + slow * 1000;
}
