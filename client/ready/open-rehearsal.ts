/** Opens a rehearsal of a room: another room with the same lesson, in which the server plays the students. */
import type { RoomState } from '../../shared/protocol/state.ts';
import { keep } from '../room/keys.ts';
import { fieldOf, request, type Trouble } from '../room/refusals.ts';
import { recall, remember } from '../shell/memory.ts';

const place = (code: string): string => `deltaroom:rehearsal:${code}`;

/** Opens it and remembers which room it is for; returns its code. */
export async function openRehearsal(
  state: Pick<RoomState, 'code' | 'title' | 'language' | 'experiment' | 'lesson'>,
): Promise<{ readonly ok: true; readonly code: string } | { readonly ok: false; readonly error: Trouble }> {
  const { title, language, experiment, lesson } = state;
  const what = lesson === null ? { experiment } : { lesson: lesson.plan.id };
  const wish = { title, language, rehearsal: true, ...what };
  const answer = await request('/api/rooms', { method: 'POST', body: JSON.stringify(wish) });
  if (!answer.ok) return answer;
  const [code, hostKey] = [fieldOf(answer.value, 'code'), fieldOf(answer.value, 'hostKey')];
  if (typeof code !== 'string' || typeof hostKey !== 'string')
    return { ok: false, error: { code: 'unavailable', message: JSON.stringify(answer.value) } };
  keep(code, { hostKey });
  remember(place(code), state.code);
  return { ok: true, code };
}

/** The room that a rehearsal is for; null where this browser does not know. */
export const rehearsedRoom = (code: string): string | null => recall(place(code));
