/** Fills what is missing: sees to it that the run being looked at is complete up to the step shown, without haste. */
import type { RunId } from '../../shared/protocol/state.ts';
import type { FrameStore } from './frames.ts';
import { fetchCurves, fetchFull, type Source } from './history.ts';

const pauseAfterFailure = 3000;
// A class of two hundred that misses the same tick should not ask in the same moment.
const pauseBetweenFetches = (): number => 500 + Math.random() * 1000;

export type Fills = {
  /** Asks for the curves of a run where they are missing up to a step. */
  curves(run: RunId, to: number): void;
  /** Asks for one measurement where it is missing. */
  measurement(run: RunId, step: number): void;
  /** Whether curves of a run are on their way. */
  isLoading(run: RunId): boolean;
};

/** Builds the one who fetches; `source` is null while nobody has been let in. */
export function createFills(frames: FrameStore, source: () => Source | null, now: () => number): Fills {
  const notBefore = new Map<string, number>();
  const running = new Set<string>();

  const once = (key: string, work: (from: Source) => Promise<void>): void => {
    const from = source();
    if (from === null || running.has(key) || now() < (notBefore.get(key) ?? 0)) return;
    running.add(key);
    work(from)
      .then(
        () => notBefore.set(key, now() + pauseBetweenFetches()),
        () => notBefore.set(key, now() + pauseAfterFailure),
      )
      .finally(() => running.delete(key));
  };

  return {
    curves(run, to) {
      const [missing] = frames.of(run).missingUpTo(to);
      if (missing === undefined) return;
      once(`curves ${run}`, async (from) => {
        const { front, series } = await fetchCurves(from, run, [missing[0], to]);
        frames.addHistory(run, missing[0], front, series);
      });
    },
    measurement(run, step) {
      const { cost, speeds } = frames.of(run);
      if (cost.at(step) !== undefined && speeds.every((series) => series.at(step) !== undefined)) return;
      once(`measurement ${run}`, async (from) => frames.addFull(run, await fetchFull(from, run, [step, step])));
    },
    isLoading: (run) => running.has(`curves ${run}`),
  };
}
