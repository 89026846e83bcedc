/** Deletes a room for good, as its host, and forgets its keys in this browser. */
import { forgetRoom, keysOf } from '../room/keys.ts';
import { request, type Trouble } from '../room/refusals.ts';

/** Returns what stood in the way; null where the room is gone, now or already. */
export async function deleteRoom(code: string): Promise<Trouble | null> {
  const { hostKey, token } = keysOf(code);
  const answer = await request(`/api/rooms/${code}`, { method: 'DELETE' }, hostKey ?? token);
  if (!answer.ok && answer.error.code !== 'room-not-found') return answer.error;
  forgetRoom(code);
  return null;
}
