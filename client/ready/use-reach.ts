/** Tests whether a phone reaches the server: an address to open on it, and whether somebody has. */
import { useEffect, useState } from 'react';
import { fieldOf, request } from '../room/refusals.ts';

const askEveryMs = 1500;

/** Makes an address for as long as it is mounted; `path` is null until the server has given one. */
export function useReach(): { readonly path: string | null; readonly reached: number } {
  const [found, setFound] = useState<{ path: string | null; reached: number }>({ path: null, reached: 0 });
  useEffect(() => {
    let left = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (mark: string, path: string): Promise<void> => {
      const answer = await request(`/api/reach/${mark}`);
      const reached = answer.ok ? fieldOf(answer.value, 'reached') : 0;
      if (left) return;
      if (typeof reached === 'number' && reached > 0) return setFound({ path, reached });
      timer = setTimeout(() => void ask(mark, path), askEveryMs);
    };
    void request('/api/reach', { method: 'POST', body: '{}' }).then((answer) => {
      const [mark, path] = answer.ok ? [fieldOf(answer.value, 'mark'), fieldOf(answer.value, 'path')] : [];
      if (left || typeof mark !== 'string' || typeof path !== 'string') return;
      setFound({ path, reached: 0 });
      void ask(mark, path);
    });
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, []);
  return found;
}
