/** What there is to verify of a run: the runs that it comes from, how far it may be read, and what is said of its end. */
import type { RunConfiguration } from '../core/configuration.ts';
import { partsOf, sentBytesOfAPart } from '../protocol/images.ts';
import { hasEnded, lookUp, type RoomRun, type RoomState, type RunEnd } from '../protocol/state.ts';

/** A run as it has to be computed again; it begins at step `from`, which for a fork is that of its parent. */
export type Link = { readonly engine: string; readonly configuration: RunConfiguration; readonly from: number };

export type Task = {
  /** From the run that began at step 0 to the parent; empty where the run is no fork. */
  readonly ancestors: readonly Link[];
  readonly own: Link;
  /** `open`: what is kept ends at a step that need not be the run's last; nothing is said of its end. */
  readonly end: Exclude<RunEnd, { kind: 'failed' }> | { readonly kind: 'open'; readonly step: number };
  /** The last step that is compared. */
  readonly last: number;
  /** The person may read all there is, so a measurement that the server does not send is one that it does not have. */
  readonly everything: boolean;
};

/** From so many images on, nothing is loaded before the person has agreed. */
export const manyImages = 10_000;

const linkOf = ({ engine, configuration, origin }: RoomRun): Link => ({
  engine,
  configuration,
  from: origin?.step ?? 0,
});

function ancestorsOf(state: RoomState, run: RoomRun): Link[] {
  if (run.origin === null) return [];
  const parent = lookUp(state.runs, run.origin.run);
  if (parent === undefined) throw new Error(`invariant violation: ${run.id} is a fork of nothing in this room`);
  return [...ancestorsOf(state, parent), linkOf(parent)];
}

/** Whether a run has come to an end that can be computed again. */
export const isVerifiable = ({ status }: RoomRun): boolean => hasEnded(status) && status.kind !== 'failed';

/** Says what there is to verify by somebody who may read up to `readable`, Infinity for all; null where there is nothing yet. */
export function taskOf(state: RoomState, run: RoomRun, readable: number): Task | null {
  const { status } = run;
  if (!hasEnded(status) || status.kind === 'failed') return null;
  return {
    ancestors: ancestorsOf(state, run),
    own: linkOf(run),
    end: status,
    last: Math.min(status.step, Math.floor(readable)),
    everything: readable === Infinity,
  };
}

/** How many MB a page loads at most to compute a run again; null where that is too little to ask about. */
export function megabytesToAskFor({ dataset }: RunConfiguration): number | null {
  if (dataset.name !== 'mnist' || dataset.train + dataset.test <= manyImages) return null;
  return (partsOf(dataset).length * sentBytesOfAPart) / 1e6;
}
