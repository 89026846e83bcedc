/** The table on every engine that can train it: what there is to compare. */
import { engineFor } from '../../../shared/core/kernels/choice.ts';
import { referenceKernels } from '../../../shared/core/kernels/reference.ts';
import { table } from './table.ts';
import type { Job } from './ways.ts';

export type NamedJob = Job & { readonly name: string };

/** Every configuration on the engine that a room gives it, and on the reference, which trains them all. */
export const jobs: readonly NamedJob[] = table.flatMap(({ name, configuration }) => {
  const engines = new Set([engineFor(configuration, null) ?? '', referenceKernels.engine]);
  return Array.from(engines, (engine) => ({ name, configuration, engine, seed: seedOf(name) }));
});

/** Another one for each name, and the same in each run of the tests, so that what fails fails again. */
function seedOf(name: string): number {
  return Array.from(name).reduce((sum, character) => (31 * sum + (character.codePointAt(0) ?? 0)) % 2 ** 31, 7);
}
