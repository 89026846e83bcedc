/** The address under which others reach the room: the server knows the one for the local network, this page may not. */
import { useEffect, useState } from 'react';
import { keep, keysOf } from '../room/keys.ts';
import { fieldOf, request } from '../room/refusals.ts';

/** Returns the link to a room that others can open. */
export function useJoinLink(code: string): string {
  const [known, setLink] = useState(() => keysOf(code).url ?? `${location.origin}/r/${code}`);
  // The code may have changed since; the address has not.
  const link = known.replace(/\/r\/[^/]+$/, `/r/${code}`);
  useEffect(() => {
    void request(`/api/rooms/${code}`).then((answer) => {
      const url = answer.ok ? fieldOf(answer.value, 'url') : undefined;
      if (typeof url !== 'string') return;
      keep(code, { url });
      setLink(url);
    });
  }, [code]);
  return link;
}
