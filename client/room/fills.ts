/**
 * Fills what is missing: sees to it that the run being looked at is complete up to the step shown, and that plots get what
 * they want beyond what ticks carry, without haste.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DrawnMetric } from '../../shared/protocol/metrics.ts';
import type { RunId } from '../../shared/protocol/state.ts';
import { type Closer, createCloserLooks } from './closer.ts';
import type { FrameStore } from './frames.ts';
import { readLines } from './history.ts';
import type { Reader } from './line.ts';
import { tickedMetrics } from './run-frames.ts';
import type { Span } from './spans.ts';

/** The server answers for so many runs at once, and draws up at least so many points of each. */
const [mostSpots, leastPoints] = [200, 4];

const pauseAfterFailure = 3000;
// A class of two hundred that misses the same tick should not ask in the same moment.
const pauseBetweenFetches = (): number => 500 + Math.random() * 1000;

/** What a plot draws of a run: metrics, and the steps that it has zoomed into where it has. */
export type Want = { readonly run: RunId; readonly metrics: readonly DrawnMetric[]; readonly span: Span | null };

/** A measured step of a run. */
export type Spot = { readonly run: RunId; readonly step: number };

/** How fetching a run's curves stands; a run that is not named here has what was asked for. */
export type Fetching = Readonly<Record<RunId, 'loading' | 'failed'>>;

export type Fills = {
  /** Asks for the curves that ticks carry where they are missing up to a step. */
  curves(run: RunId, to: number): void;
  /** Asks for one measurement in full, where it is not there yet; `layers` counts the output layer too. */
  measurement(run: RunId, step: number, layers: number): void;
  /** Asks for what ticks carry at single steps of many runs, up to 200 in one question. Whoever asks sees to it that it is not asked for again. */
  steps(spots: readonly Spot[]): void;
  /** Remembers what a plot draws, until released. */
  want(want: Want): () => void;
  /** Asks for what plots want and is missing, of each run up to the step that `reach` allows (-1: nothing). */
  serve(reach: (run: RunId) => number): void;
  readonly fetching: StoreApi<Fetching>;
};

/** Builds the one who fetches; `reader` is null while nobody has been let in. */
export function createFills(frames: FrameStore, reader: () => Reader | null, now: () => number): Fills {
  const notBefore = new Map<string, number>();
  const running = new Set<string>();
  const wants = new Set<Want>();
  const lookCloser = createCloserLooks(frames, reader, now);
  const fetching = createStore<Fetching>(() => ({}));

  const tell = (run: RunId, standing: 'loading' | 'failed' | 'done'): void => {
    const { [run]: before, ...others } = fetching.getState();
    // What has failed stays so until it has come: a plot should not flicker between two messages.
    if (before === standing || (before === 'failed' && standing === 'loading')) return;
    fetching.setState(standing === 'done' ? others : { ...others, [run]: standing }, true);
  };

  const once = (key: string, run: RunId, work: (from: Reader) => Promise<void>): void => {
    const from = reader();
    if (from === null || running.has(key) || now() < (notBefore.get(key) ?? 0)) return;
    running.add(key);
    tell(run, 'loading');
    work(from)
      .then(
        () => {
          notBefore.set(key, now() + pauseBetweenFetches());
          tell(run, 'done');
        },
        () => {
          notBefore.set(key, now() + pauseAfterFailure);
          tell(run, 'failed');
        },
      )
      .finally(() => running.delete(key));
  };

  const fetchMissing = (key: string, run: RunId, metrics: readonly DrawnMetric[], to: number): void => {
    const starts = new Map<DrawnMetric, number>();
    for (const metric of metrics) {
      const [missing] = frames.of(run).missingUpTo(to, metric);
      if (missing !== undefined) starts.set(metric, missing[0]);
    }
    if (starts.size === 0) return;
    once(key, run, async (from) => {
      const first = Math.min(...starts.values());
      const { front, series } = await from.curves(run, [...starts.keys()], [first, to]);
      frames.addHistory(run, first, front, series);
    });
  };

  return {
    fetching,
    curves: (run, to) => fetchMissing(`curves ${run}`, run, tickedMetrics, to),
    measurement(run, step, layers) {
      if (frames.of(run).isFullAt(step, layers)) return;
      once(`measurement ${run}`, run, async (from) =>
        frames.addFull(run, readLines(await from.lines(run, [step, step]))),
      );
    },
    steps(spots) {
      const from = reader();
      if (from === null) return;
      const never = new AbortController().signal;
      for (let first = 0; first < spots.length; first += mostSpots) {
        const spans = spots
          .slice(first, first + mostSpots)
          .map(({ run, step }) => ({ run, span: [step, step] as const }));
        from.several(spans, tickedMetrics, never, leastPoints).then(
          (histories) => {
            for (const { run, front, series } of histories) frames.addDetail(run, front, series);
          },
          // What has not come is still missing, and asked for again.
          () => undefined,
        );
      }
    },
    want(want) {
      wants.add(want);
      return () => wants.delete(want);
    },
    serve(reach) {
      const byRun = Map.groupBy(wants, ({ run }) => run);
      const closer: Closer[] = [];
      for (const [run, its] of byRun) {
        const to = reach(run);
        if (to < 0) continue;
        const metrics = [...new Set(its.flatMap((want) => want.metrics))];
        const isTicked = (metric: DrawnMetric): boolean => (tickedMetrics as readonly DrawnMetric[]).includes(metric);
        if (metrics.some(isTicked)) fetchMissing(`curves ${run}`, run, tickedMetrics, to);
        fetchMissing(
          `more ${run}`,
          run,
          metrics.filter((metric) => !isTicked(metric)),
          to,
        );
        for (const { metrics: wanted, span } of its) {
          if (span !== null && span[0] < to)
            closer.push({ run, metrics: wanted, span: [Math.floor(span[0]), Math.min(Math.ceil(span[1]), to)] });
        }
      }
      lookCloser(closer);
    },
  };
}
