/** A room looked back on: its facts and what this person alone may know of it, asked for once over HTTP, also when it has ended. */
import type { Secrets } from '../../shared/protocol/secrets.ts';
import type { Person, RoomState } from '../../shared/protocol/state.ts';
import { keep, keysOf } from '../room/keys.ts';
import { request, type Trouble } from '../room/refusals.ts';

/** `you` is null for who has only the host key. */
export type Session = {
  readonly code: string;
  readonly bearer: string;
  readonly state: RoomState;
  readonly secrets: Secrets;
  readonly you: Person | null;
};

export type Fetched =
  | { readonly ok: true; readonly session: Session }
  /** `nobody`: this browser has never been in the room. */
  | { readonly ok: false; readonly trouble: Trouble | 'nobody' };

const tokenInAddress = (): string | undefined => /^#me=([\w-]{1,200})$/.exec(location.hash)?.[1];

/**
 * Moves a token out of the address bar into this device, where the device is nobody in the room yet; returns by what it asks:
 * the token of the link, else its own, else the host key.
 */
export function takeBearer(code: string): string | undefined {
  const given = tokenInAddress();
  if (given !== undefined) {
    if (keysOf(code).token === undefined) keep(code, { token: given });
    history.replaceState(history.state, '', location.pathname + location.search);
  }
  const { token, hostKey } = keysOf(code);
  return given ?? token ?? hostKey;
}

/** Asks for a room as the person of a token. */
export async function fetchSession(code: string, bearer: string | undefined): Promise<Fetched> {
  if (bearer === undefined) return { ok: false, trouble: 'nobody' };
  const answer = await request(`/api/rooms/${code}/state`, {}, bearer);
  if (!answer.ok) return { ok: false, trouble: answer.error };
  // The server is of one version with this page, so its answers are taken as they come.
  const { state, secrets, you } = answer.value as Pick<Session, 'state' | 'secrets' | 'you'>;
  return { ok: true, session: { code, bearer, state, secrets, you } };
}

/** The private link of a person: whoever has it is that person. */
export const privateLink = ({ code, bearer }: Session): string => `${location.origin}/r/${code}/me#me=${bearer}`;

/** Fetches a file that only a bearer may have, and hands it to the browser under its name. */
export async function download(session: Session, path: string, name: string): Promise<boolean> {
  try {
    const response = await fetch(`/api/rooms/${session.code}/${path}`, {
      headers: { Authorization: `Bearer ${session.bearer}` },
    });
    if (!response.ok) return false;
    const address = URL.createObjectURL(await response.blob());
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    // The browser has begun to read it by the next task; a second is more than that.
    setTimeout(() => URL.revokeObjectURL(address), 1000);
    return true;
  } catch {
    return false;
  }
}
