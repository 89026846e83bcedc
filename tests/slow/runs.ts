/** Trains whole runs on real MNIST with the fast kernels, and says what was measured: the slow tests are read as much as passed. */
import { loadKernels } from '../../server/data/kernels.ts';
import type { Measurement } from '../../shared/core/measurement.ts';
import { createRun } from '../../shared/core/run.ts';
import { configured, imagesOf, trained } from '../core/networks.ts';

const kernels = loadKernels();

/** Trains a configuration to its end. */
export function measurementsOf(input: object): Measurement[] {
  const configuration = configured(input);
  return trained(createRun(configuration, imagesOf(configuration), kernels));
}

/** Returns the measurement of a step. */
export function at(measurements: readonly Measurement[], step: number): Measurement {
  const found = measurements.find((one) => one.step === step);
  if (found === undefined) throw new Error(`step ${step} was not measured`);
  return found;
}

/** Prints what was found. */
export function tell(name: string, values: readonly (number | string)[]): void {
  const written = values.map((value) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value));
  process.stdout.write(`  ${name}: ${written.join('  ')}\n`);
}
