/** Looks from time to time what others have written to a shared store, whether or not anything was heard of it. */
import type { Logger } from 'pino';
import type { Together } from '../together.ts';
import type { Registry } from './registry.ts';

const LOOK_MS = 1000;

/** Brings the open rooms up to the shared store from now on, one look after another; returns how to end it. */
export function watchStore(registry: Registry, { look, link }: Together, logger: Logger): () => void {
  let isAway = false;
  let looking: Promise<void> | null = null;
  const lookAgain = (): void => {
    registry.sayWhoIsHere();
    looking ??= Promise.all([look(), registry.keepUp()])
      .then(
        () => {
          if (isAway) logger.info({}, 'the store can be used again');
          isAway = false;
        },
        (error: unknown) => {
          if (!isAway) logger.error({ error: String(error) }, 'the store is away; commands are refused meanwhile');
          isAway = true;
        },
      )
      .finally(() => {
        looking = null;
      });
  };
  const timer = setInterval(lookAgain, LOOK_MS);
  link?.whenBack(() => {
    registry.askNeighbours();
    lookAgain();
  });
  return () => clearInterval(timer);
}
