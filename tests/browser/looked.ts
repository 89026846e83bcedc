/** Runs that were really trained, a little, by the float64 reference: what is seen in a network cannot be made up by a formula. */
import { readMnist } from '../../server/data/mnist.ts';
import { digitsOf } from '../../shared/core/digits.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { planOf } from '../../shared/core/plan.ts';
import { createRun } from '../../shared/core/run.ts';
import { finish } from '../../shared/core/work.ts';
import { joinLook, type LookPart, writeLook } from '../../shared/protocol/look.ts';
import { configured, imagesOf } from '../core/networks.ts';
import type { ShownRun } from './exhibits.ts';

/** Trains a run for so many steps and looks into it there; live, it has gone on by one measurement. */
export function trainedRun(configuration: object, steps: number, live?: true): ShownRun {
  const its = configured(configuration);
  const run = createRun(its, imagesOf(its), referenceKernels);
  const measurements = run.advance(Infinity, steps);
  const look = finish(run.look(() => digitsOf(readMnist())));
  const written = writeLook(look);
  const { step, images } = look;
  const head = { run: '', engine: 'float64-reference', step, images, digest: 'f00d' };
  return {
    configuration,
    measurements: [
      ...measurements,
      ...(live === true ? run.advance(Infinity, steps + planOf(its).measureEvery) : run.conclude()),
    ],
    look: (name, parts: readonly LookPart[]) => ({ step, text: joinLook({ ...head, run: name }, written, parts) }),
    ...(live === true ? { live } : {}),
  };
}
