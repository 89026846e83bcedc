/** Decides whether a run can be forked at a step with a change, whether at once or by a proposal. Rules R2 and R5. */
import type { RunConfiguration } from '../core/configuration.ts';
import { planOf } from '../core/plan.ts';
import { applyChange, configurationDifference } from './configuration.ts';
import type { Circumstances } from './decision.ts';
import { isSealed } from './guesses.ts';
import { accepted, refused, type Result } from './refusal.ts';
import { within } from './schema-errors.ts';
import type { RoomRun, RoomState } from './state.ts';

/** What a fork may change: nothing that gives the parameters or the images another meaning. */
export const forkableFields = [
  'optimizer',
  'regularization',
  'gradientClip',
  'dropout',
  'frozen',
  'epochs',
  'measureEvery',
  'evaluateEvery',
] as const;

/** The fields of the command that a refusal names. */
export type ForkPaths = { readonly run: string; readonly step: string; readonly change: string };

export type Fork = { readonly configuration: RunConfiguration; readonly engine: string };

/** Judges a fork of `parent` at a whole step and returns what it is trained with. */
export function judgeFork(
  state: RoomState,
  parent: RoomRun,
  step: number,
  change: unknown,
  paths: ForkPaths,
  given: Circumstances,
): Result<Fork> {
  if (isSealed(state, parent.id))
    return refused('conflict', `there is a guess on ${parent.id}; it can be forked when that is revealed`, paths.run);
  const front = given.front(parent.id);
  if (front < 0) return refused('conflict', `${parent.id} has not been trained yet`, paths.run);
  if (step > front) {
    return refused('conflict', `step is ${step}; ${parent.id} has been trained to step ${front}`, paths.step);
  }
  const changed = applyChange(parent.configuration, change, given.limits);
  if (!changed.ok) return refused(changed.error.code, changed.error.message, within(paths.change, changed.error.path));
  for (const { path } of configurationDifference(parent.configuration, changed.value)) {
    if (forkableFields.some((field) => path === field || path.startsWith(`${field}.`))) continue;
    const allowed = forkableFields.join(', ');
    return refused('invalid', `${path} cannot change in a fork; these can: ${allowed}`, within(paths.change, path));
  }
  const { steps } = planOf(changed.value);
  if (step >= steps) {
    return refused('invalid', `step is ${step}; a fork with ${steps} steps in all must begin before that`, paths.step);
  }
  const engine = forkEngine(parent, changed.value, paths.change, given);
  return engine.ok ? accepted({ configuration: changed.value, engine: engine.value }) : engine;
}

/** Names the engine of a fork, which is its parent's. */
export function forkEngine(
  parent: RoomRun,
  configuration: RunConfiguration,
  path: string,
  given: Circumstances,
): Result<string> {
  const engine = given.engineFor(configuration, parent.engine);
  if (engine !== null) return accepted(engine);
  return refused('invalid', `${parent.id} is trained by ${parent.engine}, which cannot go on with this change`, path);
}
