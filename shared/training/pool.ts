/** Where training happens, as those see it who keep what it reports: threads of a server, or the worker of a page. */
import type { RatesOfEngines } from '../core/cost.ts';
import type { FromThread, Looked, LookRequest, RunRequest, SweepRequest } from './messages.ts';

export type PoolEvents = {
  readonly report: (message: Extract<FromThread, { type: 'measured' | 'halted' | 'saved' | 'ended' }>) => void;
  readonly swept: (message: Extract<FromThread, { type: 'swept' | 'sweep-failed' }>) => void;
  readonly calibrated: (rates: RatesOfEngines) => void;
  /** The thread died with this run, or this share of a sweep, in it, through no doing of the pool's owner. */
  readonly lost: (ticket: number, reason: string) => void;
};

export type Pool = {
  begin(request: RunRequest): void;
  /** Looks into a run beside all that is in training; rejects with what is wrong with it, or when its thread dies. */
  look(request: LookRequest): Promise<Looked>;
  /** Measures values of a sweep, a share of them in every thread; returns the tickets of the shares, in the order of threads. */
  sweep(request: Omit<SweepRequest, 'ticket'>, nextTicket: () => number): number[];
  stop(ticket: number): void;
  /** Has one thread find out how fast they train; a calibration that its thread does not outlive is not made again. */
  calibrate(): void;
  /** Runs in training now, and sweeps. */
  readonly live: number;
  /** Lets every thread save its runs and ends it. */
  close(): Promise<void>;
};
