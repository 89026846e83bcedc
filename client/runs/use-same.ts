/** A function that stays the same for whoever is given it, and does what the latest drawing means by it. */
import { useCallback, useEffect, useRef } from 'react';

/** Returns the unchanging stand-in of a function; for handlers only, not to be called while drawing. */
export function useSame<Args extends readonly unknown[]>(act: (...args: Args) => void): (...args: Args) => void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}
