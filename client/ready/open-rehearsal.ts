/** Opens a rehearsal of a room: another room with the same lesson, in which the server plays the students. */
import type { RoomState } from '../../shared/protocol/state.ts';
import { templateFormat } from '../../shared/protocol/template.ts';
import { type Opened, openRoom } from '../room/open-room.ts';
import { recall, remember } from '../shell/memory.ts';

const place = (code: string): string => `deltaroom:rehearsal:${code}`;

/** Opens it and remembers which room it is for; returns its code. */
export async function openRehearsal(
  state: Pick<RoomState, 'code' | 'title' | 'language' | 'experiment' | 'base' | 'lesson'>,
): Promise<Opened> {
  const { title, language, experiment, base, lesson } = state;
  // The lesson as this room has it, which may have come from a file.
  const what =
    lesson === null
      ? { experiment }
      : { template: { kind: 'deltaroom-template', format: templateFormat, title, base, lesson: lesson.plan } };
  const wish = { title, language, rehearsal: true, ...what };
  const opened = await openRoom(wish);
  if (opened.ok) remember(place(opened.code), state.code);
  return opened;
}

/** The room that a rehearsal is for; null where this browser does not know. */
export const rehearsedRoom = (code: string): string | null => recall(place(code));
