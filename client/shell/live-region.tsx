/** The one place of the page that is read aloud as it changes, and how components put their words there. */
import { VisuallyHidden } from '@mantine/core';
import { useEffect, useId, useSyncExternalStore } from 'react';
import { createLiveText } from './live-text.ts';
import { recall, remember } from './memory.ts';

const pausedKey = 'deltaroom:live-text-paused';

const liveText = createLiveText(
  {
    now: () => performance.now(),
    after(milliseconds, act) {
      const timer = setTimeout(act, milliseconds);
      return () => clearTimeout(timer);
    },
  },
  recall(pausedKey) !== null,
);

/** Draws the place; there is one on a page. */
export function LiveRegion() {
  const spoken = useSyncExternalStore(liveText.subscribe, liveText.spoken);
  return (
    <VisuallyHidden role="status" data-testid="live-text">
      {spoken}
    </VisuallyHidden>
  );
}

/** Has a text spoken as it changes; `moving` is whether it changes by itself just now. */
export function useSpoken(text: string, moving: boolean): void {
  const source = useId();
  useEffect(() => liveText.offer(source, text, moving), [source, text, moving]);
  useEffect(() => () => liveText.withdraw(source), [source]);
}

/** Returns whether the page is silent, and how to change that; this device remembers it. */
export function useSilence(): readonly [silent: boolean, change: (silent: boolean) => void] {
  const silent = useSyncExternalStore(liveText.subscribe, liveText.isPaused);
  const change = (next: boolean): void => {
    remember(pausedKey, next ? '1' : null);
    liveText.pause(next);
  };
  return [silent, change];
}
