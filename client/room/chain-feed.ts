/** The own chain on its way to the room: the newest one, at most once a second, since it changes while it is dragged. Rule Y1. */
import type { Chain } from '../../shared/core/chain.ts';

export type ChainFeed = {
  change(chain: Chain): void;
  /** Sends the newest once more: whoever serves the room may have forgotten it. */
  again(): void;
};

const sendEvery = 1000;

/** Builds the feed of a page; `after` does something after some ms. */
export function createChainFeed({
  send,
  after,
}: {
  readonly send: (chain: Chain) => void;
  readonly after: (ms: number, act: () => void) => void;
}): ChainFeed {
  let newest: Chain | null = null;
  let isSent = true;
  let waits = false;

  const flush = (): void => {
    waits = false;
    if (isSent || newest === null) return;
    isSent = true;
    send(newest);
    waits = true;
    after(sendEvery, flush);
  };
  const due = (): void => {
    isSent = false;
    if (!waits) flush();
  };

  return {
    change(chain) {
      newest = chain;
      due();
    },
    again: due,
  };
}
