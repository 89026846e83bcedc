/**
 * What training leaves behind, and what is asked of whatever keeps it: measurements in full, and checkpoints to go on or to
 * fork from. The server keeps them in its database, a page that trains by itself in its memory.
 */
import type { RunEnd } from '../protocol/state.ts';

export type RunKey = { readonly room: string; readonly run: string };
export type StoredMeasurement = RunKey & {
  readonly step: number;
  readonly line: string;
  readonly point: string;
  readonly seconds: number;
};
/** A measurement in full, and the seconds of training until it was told of. */
export type TimedLine = Pick<StoredMeasurement, 'line' | 'seconds'>;
export type StoredCheckpoint = { readonly step: number; readonly bytes: Uint8Array };

export type TrainingStore = {
  /** Keeps measurements; one that is there already stays, since a recomputed one has the same numbers. */
  readonly addMeasurements: (measurements: readonly StoredMeasurement[]) => Promise<void>;
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
  /** Keeps how training ended, while a guess keeps that from its room. */
  readonly hold: (run: RunKey, end: RunEnd) => Promise<void>;
  /** The ends of a room's runs that it has not been told of. */
  readonly heldEnds: (room: string) => Promise<Map<string, RunEnd>>;
  /** Keeps a checkpoint, and gives one up where there are too many by now: `dispensable` says which. */
  readonly addCheckpoint: (run: RunKey, checkpoint: StoredCheckpoint) => Promise<void>;
  /** The newest checkpoint at or before a step. */
  readonly checkpoint: (run: RunKey, atOrBefore: number) => Promise<StoredCheckpoint | undefined>;
};

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
