/** The workers of a lab, as servers hear of them: each says every other second that it is there. */
import type { RatesOfEngines } from '../../shared/core/cost.ts';
import type { Link } from '../link/link.ts';

const SAY_EVERY_MS = 2000;
/** A worker of which nothing is heard for so long is gone. */
const SILENCE_MS = 6000;

/** What a worker says of itself. */
export type Standing = { readonly threads: number; readonly live: number; readonly rates: RatesOfEngines };

export type Workforce = {
  /** What those workers say that are there now. */
  readonly workers: () => Standing[];
  readonly close: () => void;
};

/** Listens to the workers of a lab. */
export function hearWorkers(link: Link, lab: string, now: () => number): Workforce {
  const heard = new Map<string, Standing & { readonly at: number }>();
  const channel = link.open(channelOf(lab), (from, said) => {
    if (said.kind !== 'worker') return;
    if (said.isLeaving) heard.delete(from);
    else heard.set(from, { ...said, at: now() });
  });
  return {
    workers() {
      for (const [worker, { at }] of heard) if (now() - at > SILENCE_MS) heard.delete(worker);
      return [...heard.values()];
    },
    close: () => channel.close(),
  };
}

/** Says every other second how a worker stands, until the returned function is called. */
export function sayStanding(link: Link, lab: string, standing: () => Standing): () => void {
  const say = (isLeaving: boolean): void =>
    link.tell(channelOf(lab), { kind: 'worker', ...ratesCopied(standing()), isLeaving });
  say(false);
  const timer = setInterval(() => say(false), SAY_EVERY_MS);
  return () => {
    clearInterval(timer);
    say(true);
  };
}

const ratesCopied = ({ threads, live, rates }: Standing) => ({
  threads,
  live,
  rates: Object.fromEntries(Object.entries(rates).map(([engine, its]) => [engine, { ...its }])),
});

/** Rooms have random ids, so none has this one. */
const channelOf = (lab: string): string => `workers:${lab}`;
