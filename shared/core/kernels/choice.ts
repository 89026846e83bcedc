/**
 * Which engine trains what: the fast kernels wherever they can, the float64 reference for the rest. A run keeps the name of
 * its engine for life, and so do its forks, since only one engine gives its numbers.
 */
import type { RunConfiguration } from '../configuration.ts';
import { designOf } from '../design.ts';
import { planOf } from '../plan.ts';
import type { Kernels } from './kernels.ts';
import { referenceKernels } from './reference.ts';
import { wasmCovers, wasmEngine } from './wasm.ts';

/** Names the engine for a configuration; that of a fork is its parent's, or null where that one cannot train it. */
export function engineFor(configuration: RunConfiguration, parent: string | null): string | null {
  if (parent !== null && parent !== wasmEngine) return parent;
  if (wasmCovers(designOf(configuration, planOf(configuration)))) return wasmEngine;
  return parent === null ? referenceKernels.engine : null;
}

/** Returns the kernels of an engine; null where this version has none of that name. `fast` is asked for only when needed. */
export function kernelsNamed(engine: string, fast: () => Kernels): Kernels | null {
  if (engine === wasmEngine) return fast();
  return engine === referenceKernels.engine ? referenceKernels : null;
}
