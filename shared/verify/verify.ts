/**
 * Verifies a run: computes it again from its configuration, after the runs that it was forked from, and compares every
 * measurement with those that are kept, a page of them at a time. Where images, kernels and measurements come from is not its business.
 */
import type { RunConfiguration } from '../core/configuration.ts';
import type { Dataset } from '../core/dataset.ts';
import type { Kernels } from '../core/kernels/kernels.ts';
import { nextMeasuredStep, planOf } from '../core/plan.ts';
import { claimOf, type Difference, firstDifference, readClaim } from './compare.ts';
import { beginRun, computeTo } from './recompute.ts';
import type { Task } from './task.ts';

export type Outcome =
  /** So many measurements, the last of them of step `step`, are equal in every bit. */
  | { readonly kind: 'equal'; readonly measurements: number; readonly step: number }
  | ({ readonly kind: 'differs' } & Difference)
  | { readonly kind: 'other-engine'; readonly engine: string }
  /** There was no measurement to compare. */
  | { readonly kind: 'nothing' };

export type Progress = { readonly phase: 'loading' | 'computing'; readonly share: number };

export type Sources = {
  readonly kernels: (engine: string) => Promise<Kernels | null>;
  readonly dataset: (configuration: RunConfiguration, loaded: (share: number) => void) => Promise<Dataset>;
  /** The lines that are kept with steps in a span, in order; spans are asked for from first to last. */
  readonly lines: (span: Span) => Promise<readonly string[]>;
};

/** Steps from the first to the last, both included. */
type Span = readonly [from: number, to: number];

/** Whoever keeps the measurements is asked for about so many measurements at once. */
const pageOfMeasurements = 100;

/** Verifies what a task names. */
export async function verify(task: Task, sources: Sources, tell: (progress: Progress) => void): Promise<Outcome> {
  const { ancestors, own, end, last } = task;
  const kernels = await sources.kernels(own.engine);
  const foreign = [...ancestors, own].find((link) => link.engine !== kernels?.engine);
  if (kernels === null || foreign !== undefined) return { kind: 'other-engine', engine: (foreign ?? own).engine };
  if (last < own.from) return { kind: 'nothing' };
  const dataset = await sources.dataset(own.configuration, (share) => tell({ phase: 'loading', share }));
  const told = (step: number): void => tell({ phase: 'computing', share: step / Math.max(1, last) });
  const run = beginRun(task, dataset, kernels, told);
  const plan = planOf(own.configuration);
  const stepsOfAPage = pageOfMeasurements * plan.measureEvery;
  let measurements = 0;
  let reached = -1;
  for (let from = own.from; from <= last; from += stepsOfAPage) {
    const to = Math.min(last, from + stepsOfAPage - 1);
    const theirs = (await sources.lines([from, to])).map(readClaim);
    // Where somebody may not read on, the lines end; what lies behind is neither missing nor compared.
    const until = task.everything ? to : (theirs.at(-1)?.step ?? -1);
    const ours = run === null ? [] : computeTo(run, until, end, told).map(claimOf);
    // A fork that changes nothing repeats the measurement at which it begins or leaves it to its parent.
    if (ours[0]?.step === own.from && theirs[0]?.step !== own.from && ancestors.length > 0) ours.shift();
    const difference = firstDifference(ours, theirs);
    if (difference !== null) return { kind: 'differs', ...difference };
    measurements += theirs.length;
    reached = theirs.at(-1)?.step ?? reached;
    if ((nextMeasuredStep(plan, until) ?? Infinity) <= to) break;
  }
  if (measurements === 0) return { kind: 'nothing' };
  const digest = run?.digest() ?? null;
  if (end.kind !== 'open' && reached === end.step && digest !== end.digest)
    return { kind: 'differs', step: end.step, ours: digest, theirs: end.digest, field: null };
  return { kind: 'equal', measurements, step: reached };
}
