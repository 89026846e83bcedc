/** What the server and a training thread say to each other: one union a direction. */
import type { RunConfiguration } from '../core/configuration.ts';
import type { RatesOfEngines } from '../core/cost.ts';
import type { Mnist } from '../core/dataset.ts';
import type { WrittenLook } from '../protocol/look.ts';
import type { ValuePoint } from '../protocol/sweeps.ts';
import type { RunEnd } from '../protocol/state.ts';

/** Where a run's training begins: fresh, from its own checkpoint, or at step `step` of a parent. */
export type Beginning =
  | { readonly kind: 'new' }
  | { readonly kind: 'resume'; readonly step: number; readonly saved: Uint8Array }
  | {
      readonly kind: 'fork';
      readonly step: number;
      readonly parent: RunConfiguration;
      /** The parent's newest checkpoint at or before `step`; null: the parent starts anew. */
      readonly saved: Uint8Array | null;
    };

/** What a thread needs to train a run. `ticket` names this attempt; `room` is what turns are taken by. */
export type RunRequest = {
  readonly ticket: number;
  readonly room: string;
  readonly configuration: RunConfiguration;
  /** The engine that gives the run its numbers. */
  readonly engine: string;
  readonly beginning: Beginning;
};

/** What a thread needs to look into a run at a step: where it was saved at or before it; null: it starts anew. */
export type LookRequest = Omit<RunRequest, 'beginning'> & { readonly saved: Uint8Array | null; readonly step: number };

/** What was seen, written out in the thread, and the run at that step, from which a later look can start. */
export type Looked = {
  readonly digest: string;
  readonly images: number;
  readonly look: WrittenLook;
  readonly saved: Uint8Array;
};

/** What a thread needs to measure values of a class sweep: for each its index and the least run that has its point. */
export type SweepRequest = Pick<RunRequest, 'ticket' | 'room' | 'engine'> & {
  readonly trained: boolean;
  /** Whether points carry their details. */
  readonly detailed?: boolean;
  readonly values: readonly { readonly index: number; readonly configuration: RunConfiguration }[];
};

export type ToThread =
  | { readonly type: 'begin'; readonly request: RunRequest }
  | { readonly type: 'look'; readonly request: LookRequest }
  | { readonly type: 'sweep'; readonly request: SweepRequest }
  | { readonly type: 'stop'; readonly ticket: number }
  /** Find out how fast this machine trains, beside what else there is to do. */
  | { readonly type: 'calibrate' }
  /** Save every run and let go of it: the server is about to end. */
  | { readonly type: 'leave' };

/** A measurement written out in the thread, where it costs the server nothing: in full, and as ticks carry it. */
export type WrittenMeasurement = { readonly step: number; readonly line: string; readonly point: string };

export type FromThread =
  /** `seconds`: training time of the run so far in this attempt. */
  | {
      readonly type: 'measured';
      readonly ticket: number;
      readonly measurements: readonly WrittenMeasurement[];
      readonly seconds: number;
    }
  /** The run was told to stop, and takes no further step; what is left is to measure its last one. */
  | { readonly type: 'halted'; readonly ticket: number }
  | { readonly type: 'saved'; readonly ticket: number; readonly step: number; readonly bytes: Uint8Array }
  | { readonly type: 'ended'; readonly ticket: number; readonly end: RunEnd }
  | ({ readonly type: 'looked'; readonly ticket: number } & Looked)
  | { readonly type: 'look-failed'; readonly ticket: number; readonly reason: string }
  /** Points of a sweep, as they come; with `done` the last ones, and those that it was stopped before are missing. */
  | { readonly type: 'swept'; readonly ticket: number; readonly points: readonly ValuePoint[]; readonly done: boolean }
  | { readonly type: 'sweep-failed'; readonly ticket: number; readonly reason: string }
  /** Said after each engine, with the rates of all so far; the fast one is first. */
  | { readonly type: 'calibrated'; readonly rates: RatesOfEngines }
  | { readonly type: 'left' };

export type ThreadData = { readonly mnist: Mnist };
