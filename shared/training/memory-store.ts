/** Keeps in memory what training leaves behind, for as long as whoever trains is there. */
import type { RunEnd } from '../protocol/state.ts';
import {
  type Claim,
  dispensable,
  nameOf,
  type RunKey,
  type StoredCheckpoint,
  type StoredMeasurement,
  type TrainingStore,
} from './store.ts';

type Kept = {
  readonly key: RunKey;
  /** In the order of steps. */
  readonly measurements: StoredMeasurement[];
  readonly checkpoints: StoredCheckpoint[];
};

/** Opens a store with nothing in it. Whatever it is asked, it answers in the same turn. */
export function memoryStore(): TrainingStore {
  const runs = new Map<string, Kept>();
  const held: (RunKey & { readonly end: RunEnd })[] = [];
  const attempts = new Map<string, number>();
  const of = (key: RunKey): Kept => runs.get(nameOf(key)) ?? { key, measurements: [], checkpoints: [] };
  const kept = (key: RunKey): Kept => {
    const its = of(key);
    runs.set(nameOf(key), its);
    return its;
  };

  const isLost = (claim: Claim): boolean => attempts.get(nameOf(claim)) !== claim.attempt;

  return {
    /** Nobody else trains what is in a memory, so there is nobody whose sign of life is to be waited for. */
    beginAttempt({ room, run }) {
      const attempt = (attempts.get(nameOf({ room, run })) ?? 0) + 1;
      attempts.set(nameOf({ room, run }), attempt);
      return Promise.resolve({ room, run, attempt });
    },
    beat: (claims) => Promise.resolve(claims.filter(isLost)),
    release: () => Promise.resolve(),
    keep(brought) {
      for (const { claim, measurements, checkpoints } of brought) {
        if (isLost(claim)) continue;
        const its = kept(claim);
        for (const measurement of measurements) insert(its.measurements, measurement);
        for (const checkpoint of checkpoints) {
          insert(its.checkpoints, checkpoint);
          const extra = dispensable(its.checkpoints.map(({ step }) => step));
          if (extra !== null) its.checkpoints.splice(placeOf(its.checkpoints, extra), 1);
        }
      }
      return Promise.resolve(brought.map(({ claim }) => claim).filter(isLost));
    },
    lines(key, from, to, most = Infinity) {
      const { measurements } = of(key);
      const [first, end] = [placeOf(measurements, from), placeOf(measurements, to + 1)];
      const asked = measurements.slice(first, Math.min(end, first + most));
      return Promise.resolve(asked.map(({ line, seconds }) => ({ line, seconds })));
    },
    secondsAt(key, step) {
      const { measurements } = of(key);
      const before = measurements.slice(0, placeOf(measurements, step + 1));
      return Promise.resolve(before.reduce((most, { seconds }) => Math.max(most, seconds), 0));
    },
    points(key, after = -1) {
      const { measurements } = of(key);
      return Promise.resolve(measurements.slice(placeOf(measurements, after + 1)).map(({ point }) => point));
    },
    front(key, to = Number.MAX_SAFE_INTEGER) {
      const { measurements } = of(key);
      return Promise.resolve(measurements[placeOf(measurements, to + 1) - 1]?.step ?? -1);
    },
    fronts(room) {
      const fronts = new Map<string, number>();
      for (const { key, measurements } of runs.values()) {
        const last = measurements.at(-1);
        if (key.room === room && last !== undefined) fronts.set(key.run, last.step);
      }
      return Promise.resolve(fronts);
    },
    hold(claim, end) {
      if (isLost(claim)) return Promise.resolve(false);
      const { room, run } = claim;
      held.push({ room, run, end });
      return Promise.resolve(true);
    },
    heldEnds: (room) =>
      Promise.resolve(new Map(held.filter((one) => one.room === room).map(({ run, end }) => [run, end]))),
    checkpoint(key, atOrBefore) {
      const { checkpoints } = of(key);
      return Promise.resolve(checkpoints[placeOf(checkpoints, atOrBefore + 1) - 1]);
    },
  };
}

/** The index of the first one at or after a step. */
function placeOf(list: readonly { readonly step: number }[], step: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.step ?? Infinity) < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts something where its step belongs, unless there is one of that step. */
function insert<T extends { readonly step: number }>(list: T[], one: T): void {
  const place = placeOf(list, one.step);
  if (list[place]?.step !== one.step) list.splice(place, 0, one);
}
