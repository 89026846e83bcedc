/** Opens a room on the server, and keeps in this browser what lets its host in. */
import { keep } from './keys.ts';
import { fieldOf, request, type Trouble } from './refusals.ts';

export type Opened =
  | { readonly ok: true; readonly code: string; readonly hostKey: string }
  | { readonly ok: false; readonly error: Trouble };

/** Asks for a room as `POST /api/rooms` takes it; what is refused comes back as trouble. */
export async function openRoom(wish: object): Promise<Opened> {
  const answer = await request('/api/rooms', { method: 'POST', body: JSON.stringify(wish) });
  if (!answer.ok) return answer;
  const [code, hostKey, url] = ['code', 'hostKey', 'url'].map((name) => fieldOf(answer.value, name));
  if (typeof code !== 'string' || typeof hostKey !== 'string')
    return { ok: false, error: { code: 'unavailable', message: JSON.stringify(answer.value) } };
  keep(code, { hostKey, ...(typeof url === 'string' ? { url } : {}) });
  return { ok: true, code, hostKey };
}
