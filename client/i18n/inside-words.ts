/** The words that are needed inside a room only, in both languages. They come with the room, so that the page to join with stays light. */
import { enPeople } from './en-people.ts';
import { zhCNPeople } from './zh-CN-people.ts';

export const enInside = { ...enPeople } as const;
export const zhCNInside = { ...zhCNPeople } as const;
