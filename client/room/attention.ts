/** Tells whoever serves the room whether anybody looks at this page: while nobody does, it is sent facts alone. */
import type { Wire } from './line.ts';

export type Attention = {
  /** The page has been let in, perhaps again, and what was told before is forgotten. */
  tell(): void;
  /** Tells of every change; returns how to end it. */
  open(): () => void;
};

/** Watches whether the page is visible. */
export function watchAttention(wire: Pick<Wire, 'attention'>): Attention {
  const isVisible = (): boolean => document.visibilityState === 'visible';
  const onChange = (): void => wire.attention(isVisible());
  return {
    tell() {
      // Whoever comes is taken to be looking.
      if (!isVisible()) wire.attention(false);
    },
    open() {
      document.addEventListener('visibilitychange', onChange);
      return () => document.removeEventListener('visibilitychange', onChange);
    },
  };
}
