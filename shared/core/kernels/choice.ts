/**
 * Which engine trains what: the fast kernels wherever they can, the float64 reference for the rest. A run keeps the name of
 * its engine for life, and so do its forks, since only one engine gives its numbers.
 */
import type { RunConfiguration } from '../configuration.ts';
import { estimateSeconds, type RatesOfEngines } from '../cost.ts';
import { designOf } from '../design.ts';
import { planOf } from '../plan.ts';
import type { Kernels, NetworkDesign } from './kernels.ts';
import { referenceKernels } from './reference.ts';
import { wasmCovers, wasmEngine } from './wasm.ts';

/** Names all engines of this version. */
export const engines: readonly string[] = [wasmEngine, referenceKernels.engine];

/** Names the engine that makes a design, where nothing else binds it to one. */
export const engineOf = (design: NetworkDesign): string => (wasmCovers(design) ? wasmEngine : referenceKernels.engine);

/** Names the engine for a configuration; that of a fork is its parent's, or null where that one cannot train it. */
export function engineFor(configuration: RunConfiguration, parent: string | null): string | null {
  // Whatever is not the fast engine trains everything, or is of another version and fails when its training begins.
  if (parent !== null && parent !== wasmEngine) return parent;
  const engine = engineOf(designOf(configuration, planOf(configuration)));
  return parent === null || engine === parent ? engine : null;
}

/** Estimates the seconds of one thread for a new run, by the rates of engines; null where those of its engine are not known. */
export function secondsBy(rates: RatesOfEngines, configuration: RunConfiguration): number | null {
  const ofEngine = rates[engineFor(configuration, null) ?? ''];
  return ofEngine === undefined ? null : estimateSeconds(configuration, ofEngine);
}

/** Tells whether this version has an engine of that name. */
export const hasEngine = (engine: string): boolean => engine === wasmEngine || engine === referenceKernels.engine;

/** Returns the kernels of an engine; null where this version has none of that name. `fast` is asked for only when needed. */
export function kernelsNamed(engine: string, fast: () => Kernels): Kernels | null {
  if (engine === wasmEngine) return fast();
  return engine === referenceKernels.engine ? referenceKernels : null;
}
