/**
 * Looks into a network as this page has asked for them: one request for what is wanted now, given up when it is no longer
 * wanted, tried again where that can help, and the latest ones kept, for all plots that show them.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LookPart, LookRecord } from '../../shared/protocol/look.ts';
import type { RunId } from '../../shared/protocol/state.ts';
import type { Reader } from './line.ts';
import type { Trouble } from './refusals.ts';

/** Which look: parts of the network of a run after so many steps. */
export type LookWish = { readonly run: RunId; readonly step: number; readonly parts: readonly LookPart[] };

export type LookStanding =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly look: LookRecord }
  /** `again`: the page goes on trying. */
  | { readonly kind: 'failed'; readonly trouble: Trouble; readonly again: boolean };

type Entry = { readonly wish: LookWish; readonly standing: LookStanding };

export type Looks = {
  /** What has been asked for, by `keyOf`, the latest at the end. */
  readonly known: StoreApi<ReadonlyMap<string, Entry>>;
  /** Asks for a look until released. */
  want(wish: LookWish): () => void;
};

export type LooksInputs = {
  /** Null while nobody has been let in. */
  readonly reader: () => Pick<Reader, 'look'> | null;
  /** Does work after so many ms; returns how to call it off. */
  readonly later: (work: () => void, ms: number) => () => void;
};

/** A look with pictures is some hundred kilobytes. */
const mostKept = 24;
// A class of two hundred that was turned away in the same moment should not come back in the same moment.
const pauseAfter = (attempt: number): number => 800 * Math.min(attempt, 6) * (1 + Math.random());

export const keyOf = ({ run, step, parts }: LookWish): string => `${run} ${step} ${parts.join()}`;

/** Whether a look that was refused may be had a little later: the server is busy, or the run has not come so far. */
export function mayComeLater(trouble: Trouble): boolean {
  switch (trouble.code) {
    case 'rate-limited':
    case 'unavailable':
    case 'network':
      return true;
    case 'conflict':
      return 'path' in trouble && trouble.path === 'step';
    default:
      return false;
  }
}

/** The look asked for last among those that are there, of a run and up to a step; null where there is none. */
export function latestOf(
  known: ReadonlyMap<string, Entry>,
  run: RunId,
  parts: readonly LookPart[],
  upTo: number,
): LookRecord | null {
  const name = parts.join();
  const its = [...known.values()].findLast(
    ({ wish, standing }) =>
      standing.kind === 'ready' && wish.run === run && wish.step <= upTo && wish.parts.join() === name,
  );
  return its?.standing.kind === 'ready' ? its.standing.look : null;
}

/** Builds the one who asks. */
export function createLooks({ reader, later }: LooksInputs): Looks {
  const known = createStore<ReadonlyMap<string, Entry>>(() => new Map());
  const wanted = new Map<string, { count: number; stop: () => void }>();

  const put = (wish: LookWish, standing: LookStanding | null): void => {
    const next = new Map(known.getState());
    const key = keyOf(wish);
    next.delete(key);
    if (standing !== null) next.set(key, { wish, standing });
    for (const old of next.keys()) {
      if (next.size <= mostKept) break;
      if (!wanted.has(old)) next.delete(old);
    }
    known.setState(next, true);
  };

  /** Asks, and again where that may help; returns how to stop. */
  const begin = (wish: LookWish): (() => void) => {
    const ended = new AbortController();
    let callOff = (): void => undefined;
    const attempt = async (number: number): Promise<void> => {
      const from = reader();
      if (from === null) return retry(number);
      const answer = await from.look(wish, ended.signal);
      if (ended.signal.aborted) return;
      if (answer.ok) return put(wish, { kind: 'ready', look: answer.value });
      const again = mayComeLater(answer.error);
      put(wish, { kind: 'failed', trouble: answer.error, again });
      if (again) retry(number);
    };
    const retry = (number: number): void => {
      callOff = later(() => void attempt(number + 1), pauseAfter(number));
    };
    put(wish, { kind: 'loading' });
    void attempt(1);
    return () => {
      ended.abort();
      callOff();
    };
  };

  return {
    known,
    want(wish) {
      const key = keyOf(wish);
      const standing = known.getState().get(key)?.standing;
      const its = wanted.get(key) ?? { count: 0, stop: () => undefined };
      its.count++;
      if (its.count === 1) {
        wanted.set(key, its);
        if (standing?.kind === 'ready') put(wish, standing);
        else its.stop = begin(wish);
      }
      return () => {
        its.count--;
        if (its.count > 0) return;
        wanted.delete(key);
        its.stop();
        // What has not come is asked for anew when it is wanted again.
        if (known.getState().get(key)?.standing.kind !== 'ready') put(wish, null);
      };
    },
  };
}
