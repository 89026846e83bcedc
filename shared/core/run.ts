/**
 * A run: a resumable object that trains one network and measures it. It knows no clock, no thread and no socket;
 * how long it works at a time is the caller's budget.
 */
import type { RunConfiguration } from './configuration.ts';
import type { Measurement } from './measurement.ts';

/** Where a run stands. A run that diverged names the layer (1-based) and the step at which a number stopped being finite. */
export type RunStanding =
  | { readonly kind: 'training' }
  | { readonly kind: 'finished' }
  | { readonly kind: 'diverged'; readonly step: number; readonly layer: number; readonly what: 'cost' | 'parameter' };

export type Run = {
  readonly configuration: RunConfiguration;
  /** Names the numbers: two runs of one configuration and one engine agree bit for bit. */
  readonly engine: string;
  /** Whole steps taken so far. */
  step(): number;
  standing(): RunStanding;
  /**
   * Works until about `budget` floating-point operations are spent, or the run has ended, and returns the measurements
   * that were completed meanwhile, in order. Never does less than one indivisible piece of work.
   */
  advance(budget: number): Measurement[];
  /** The state at the last whole step, with which `restoreRun` goes on bit for bit. */
  save(): Uint8Array<ArrayBuffer>;
  /** 128 bits, hexadecimal, of all parameters at the last whole step. */
  digest(): string;
};
