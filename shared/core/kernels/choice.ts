/**
 * Which kernels train what: the fast ones wherever they can, the float64 reference for the rest. A run keeps the name of its
 * engine for life, and so do its forks, since only one engine gives its numbers.
 */
import type { RunConfiguration } from '../configuration.ts';
import type { Kernels } from './kernels.ts';
import { referenceKernels } from './reference.ts';
import { isTrainedFast, wasmEngine } from './wasm.ts';

/** Names the engine for a configuration; that of a fork is its parent's, or null where that one cannot train it. */
export function engineFor(configuration: RunConfiguration, parent: string | null): string | null {
  if (parent === null) return isTrainedFast(configuration) ? wasmEngine : referenceKernels.engine;
  if (parent === wasmEngine) return isTrainedFast(configuration) ? wasmEngine : null;
  return parent;
}

/** Returns the kernels of an engine; null where this version has none of that name. `fast` is asked for only when needed. */
export function kernelsNamed(engine: string, fast: () => Kernels): Kernels | null {
  if (engine === wasmEngine) return fast();
  return engine === referenceKernels.engine ? referenceKernels : null;
}

/** Returns the kernels that train a configuration. */
export const kernelsFor = (configuration: RunConfiguration, fast: () => Kernels): Kernels =>
  isTrainedFast(configuration) ? fast() : referenceKernels;
