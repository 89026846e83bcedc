/** Reads what a plot draws a few times a second, for words and tables, which nobody reads faster. */
import { useEffect, useState } from 'react';
import type { ShownSeries } from './extent.ts';
import type { Drawn } from './use-drawn.ts';

/** Returns the curves as they may be drawn, at most every so many ms anew. */
export function useSampled(drawn: Drawn, every: number): readonly ShownSeries[] {
  const [, setVersion] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const release = drawn.signal.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = null;
        setVersion((version) => version + 1);
      }, every);
    });
    return () => {
      release();
      if (timer !== null) clearTimeout(timer);
    };
  }, [drawn.signal, every]);
  return drawn.now();
}
