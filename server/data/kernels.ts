/** Loads the fast kernels from the file that the set-up builds, and chooses what trains a network. */
import { readFileSync } from 'node:fs';
import type { Kernels, NetworkDesign } from '../../shared/core/kernels/kernels.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { wasmCovers, wasmKernels } from '../../shared/core/kernels/wasm.ts';

const file = new URL('../../dist/kernels/network.wasm', import.meta.url);

let loaded: Kernels | undefined;

/** Reads and compiles the kernels, once in a thread; throws when they were never built. */
export function loadKernels(): Kernels {
  loaded ??= wasmKernels(new WebAssembly.Module(readFileSync(file)));
  return loaded;
}

/** Chooses the fast kernels for a design, or the float64 reference where they do not cover it. */
export function kernelsFor(design: NetworkDesign): Kernels {
  return wasmCovers(design) ? loadKernels() : referenceKernels;
}
