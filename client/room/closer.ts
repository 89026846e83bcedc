/**
 * Closer looks at the part of curves that is zoomed into. They are taken at once, of all runs that are wanted together in one
 * question, and one that is no longer wanted is broken off: the last one counts.
 */
import type { DrawnMetric } from '../../shared/protocol/metrics.ts';
import type { RunId } from '../../shared/protocol/state.ts';
import { Details } from './details.ts';
import type { FrameStore } from './frames.ts';
import { pointsOfACurve } from './history.ts';
import type { Reader } from './line.ts';
import type { Span } from './spans.ts';

/** Metrics of a run between two whole steps. */
export type Closer = { readonly run: RunId; readonly metrics: readonly DrawnMetric[]; readonly span: Span };

type Look = { readonly start: number; readonly cancel: () => void };
/** What is known of the same metrics of a run. */
type Known = { readonly taken: Details; look: Look | null; notBefore: number };

const pauseAfterFailure = 3000;
/** The server draws up so many runs at once. */
const mostRuns = 32;

/** Builds the one who looks; give it the wishes of a moment, again whenever they may have changed. */
export function createCloserLooks(
  frames: FrameStore,
  reader: () => Reader | null,
  now: () => number,
): (wishes: readonly Closer[]) => void {
  const all = new Map<string, Known>();
  const knownOf = ({ run, metrics }: Closer): Known => {
    const name = `${run} ${metrics.join()}`;
    const known = all.get(name) ?? { taken: new Details(), look: null, notBefore: -Infinity };
    all.set(name, known);
    return known;
  };

  const isDue = (wish: Closer): boolean => {
    const { taken, look, notBefore } = knownOf(wish);
    if (!taken.isWanted(wish.metrics, wish.span, frames.of(wish.run).thinnings)) return false;
    // While a run is played the end moves on; what is looked at is the same.
    return look?.start !== wish.span[0] && now() >= notBefore;
  };

  const take = (from: Reader, wishes: readonly Closer[]): void => {
    const ended = new AbortController();
    const looks = wishes.map(({ span }): Look => ({ start: span[0], cancel: () => ended.abort() }));
    const metrics = wishes[0]?.metrics ?? [];
    wishes.forEach((wish, index) => {
      const its = knownOf(wish);
      its.look?.cancel();
      its.look = looks[index] ?? null;
    });
    from
      .several(wishes, metrics, ended.signal)
      .then(
        (histories) => {
          for (const [index, { run, front, series }] of histories.entries()) {
            const complete = series.every(({ points }) => points.length < pointsOfACurve);
            frames.addDetail(run, front, series);
            const wish = wishes[index];
            if (wish !== undefined) knownOf(wish).taken.add(metrics, wish.span, complete);
          }
        },
        () => {
          if (ended.signal.aborted) return;
          for (const wish of wishes) knownOf(wish).notBefore = now() + pauseAfterFailure;
        },
      )
      .finally(() => {
        wishes.forEach((wish, index) => {
          const its = knownOf(wish);
          if (its.look === looks[index]) its.look = null;
        });
      });
  };

  return (wishes) => {
    const from = reader();
    if (from === null) return;
    const due = Map.groupBy(wishes.filter(isDue), ({ metrics }) => metrics.join());
    for (const together of due.values()) {
      for (let first = 0; first < together.length; first += mostRuns)
        take(from, together.slice(first, first + mostRuns));
    }
  };
}
