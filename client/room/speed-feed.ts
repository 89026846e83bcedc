/** How fast whoever serves the room trains: asked for once, when somebody first wants to know how long a run would take. */
import type { Speed } from '../../shared/protocol/wire.ts';

/** Whoever has just begun to serve has not found out yet. */
const askAgainMs = 2000;

export type SpeedFeed = {
  /** No rates as long as they are not known. */
  readonly current: () => Speed;
  readonly subscribe: (listener: () => void) => () => void;
};

/** Builds the feed over whatever answers. */
export function createSpeedFeed(ask: () => Promise<Speed>): SpeedFeed {
  const listeners = new Set<() => void>();
  let speed: Speed = { threads: 1, rates: {} };
  let asked = false;

  const askUntilKnown = (): void => {
    ask()
      .then((answer) => {
        speed = answer;
        if (Object.keys(speed.rates).length === 0) throw new Error('it is not known yet');
        for (const listener of listeners) listener();
      })
      .catch(() => setTimeout(askUntilKnown, askAgainMs));
  };

  return {
    current: () => speed,
    subscribe(listener) {
      listeners.add(listener);
      if (!asked) askUntilKnown();
      asked = true;
      return () => listeners.delete(listener);
    },
  };
}
