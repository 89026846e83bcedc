/** What a run or a proposal is compared with: the run or first configuration that it starts from. */
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { lookUp, type Proposal, type RoomRun, type RoomState, type RunId } from '../../shared/protocol/state.ts';
import type { Say } from '../i18n/words.ts';

export type Base = { readonly run: RoomRun | null; readonly configuration: RunConfiguration };

/** Returns the run of an identifier as a base, or the room's first configuration for null. */
export function baseOf(state: RoomState, id: RunId | null): Base {
  const run = id === null ? undefined : lookUp(state.runs, id);
  return run === undefined ? { run: null, configuration: state.base } : { run, configuration: run.configuration };
}

/** Returns what a run is to be compared with: its parent, what its proposal started from, or the first of those that a lesson started with it. */
export function baseOfRun(state: RoomState, run: RoomRun): Base {
  if (run.origin !== null) return baseOf(state, run.origin.run);
  const proposal = run.proposal === null ? undefined : lookUp(state.proposals, run.proposal);
  return baseOf(state, proposal?.base ?? firstOfStep(state, run.id));
}

/** The first of the runs that one step of the lesson started together; null for that one itself, and for any other run. */
function firstOfStep({ lesson }: RoomState, id: RunId): RunId | null {
  const together = Object.values(lesson?.made ?? {})
    .map((made) => ('runs' in made ? made.runs : []))
    .find((runs) => runs.includes(id));
  const first = together?.[0];
  return first === undefined || first === id ? null : first;
}

/** Names a base: run A, or the room's first configuration. */
export const nameOfBase = (say: Say, { run }: Base): string =>
  run === null ? say('board.base.room') : say('board.base.run', { label: run.label });

/** The run that a proposal was started as; undefined before. */
export const runOfProposal = (state: RoomState, proposal: Proposal): RoomRun | undefined =>
  Object.values(state.runs).find((run) => run.proposal === proposal.id);
