/**
 * What training leaves behind, and what is asked of whatever keeps it: measurements in full, and checkpoints to go on or to
 * fork from. The server keeps them in its database, a page that trains by itself in its memory.
 */
import type { RunEnd } from '../protocol/state.ts';

export type RunKey = { readonly room: string; readonly run: string };
/** The right to write for a run or a class sweep: whoever begins the next attempt at it has it alone from then on. */
export type Claim = RunKey & { readonly attempt: number };
export type StoredMeasurement = {
  readonly step: number;
  readonly line: string;
  readonly point: string;
  readonly seconds: number;
};
/** A measurement in full, and the seconds of training until it was told of. */
export type TimedLine = Pick<StoredMeasurement, 'line' | 'seconds'>;
export type StoredCheckpoint = { readonly step: number; readonly bytes: Uint8Array };

/** What an attempt has brought since it was stored last. */
export type Brought = {
  readonly claim: Claim;
  readonly measurements: readonly StoredMeasurement[];
  readonly checkpoints: readonly StoredCheckpoint[];
};

export type TrainingStore = {
  /**
   * Begins the next attempt at a run or a sweep, after which nothing of the earlier ones is written; null where it is not to be
   * trained any more, or where the present attempt has given a sign of life in the last `quietMs`.
   */
  readonly beginAttempt: (run: RunKey, quietMs: number) => Promise<Claim | null>;
  /** Tells that attempts are alive; returns those after which another one has begun. */
  readonly beat: (claims: readonly Claim[]) => Promise<Claim[]>;
  /** Gives attempts up, so that the next ones need not wait. */
  readonly release: (claims: readonly Claim[]) => Promise<void>;
  /**
   * Keeps what attempts have brought, together or not at all. Nothing is kept of one after which another has begun; those are
   * returned. A measurement that is there already stays, since a recomputed one has the same numbers. Of checkpoints that are
   * too many one is given up: `dispensable` says which.
   */
  readonly keep: (brought: readonly Brought[]) => Promise<Claim[]>;
  /**
   * Reads lines and how many seconds of training had passed, with steps from `from` to `to`, both included, in the order of
   * steps; the first `most` of them where that is given.
   */
  readonly lines: (run: RunKey, from: number, to: number, most?: number) => Promise<TimedLine[]>;
  /** Seconds of training that a run had taken when it was measured last at or before a step; 0 before the first time. */
  readonly secondsAt: (run: RunKey, step: number) => Promise<number>;
  /** Reads what ticks carry of a run, in the order of steps; after a step where that is given. */
  readonly points: (run: RunKey, after?: number) => Promise<string[]>;
  /** The last measured step, at or before `to` where that is given; -1 where there is none. */
  readonly front: (run: RunKey, to?: number) => Promise<number>;
  /** The last measured step of every run of a room that has one. */
  readonly fronts: (room: string) => Promise<Map<string, number>>;
  /** Keeps how training ended, while a guess keeps that from its room; false where another attempt has begun. */
  readonly hold: (claim: Claim, end: RunEnd) => Promise<boolean>;
  /** The ends of a room's runs that it has not been told of. */
  readonly heldEnds: (room: string) => Promise<Map<string, RunEnd>>;
  /** The newest checkpoint at or before a step. */
  readonly checkpoint: (run: RunKey, atOrBefore: number) => Promise<StoredCheckpoint | undefined>;
};

/** A name of a run or a sweep among those of all rooms. */
export const nameOf = ({ room, run }: RunKey): string => `${room}/${run}`;

/** So many checkpoints of one run are kept: the first, the newest, and some between to fork from. */
export const MAX_CHECKPOINTS = 12;

/** Chooses the checkpoint to give up once there are too many: the one whose neighbours are nearest; never the first or the last. */
export function dispensable(steps: readonly number[]): number | null {
  if (steps.length <= MAX_CHECKPOINTS) return null;
  let best: { step: number; gap: number } | null = null;
  for (const [index, step] of steps.entries()) {
    const before = steps[index - 1];
    const after = steps[index + 1];
    if (before === undefined || after === undefined) continue;
    if (best === null || after - before < best.gap) best = { step, gap: after - before };
  }
  return best?.step ?? null;
}
