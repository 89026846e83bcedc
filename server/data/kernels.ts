/** Loads the fast kernels from the file that the set-up builds. */
import { readFileSync } from 'node:fs';
import type { Kernels, NetworkDesign } from '../../shared/core/kernels/kernels.ts';
import { engineOf } from '../../shared/core/kernels/choice.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { wasmEngine, wasmKernels } from '../../shared/core/kernels/wasm.ts';

const file = new URL('../../dist/kernels/network.wasm', import.meta.url);

let loaded: Kernels | undefined;

/** Reads and compiles the kernels, once in a thread; throws when they were never built. */
export function loadKernels(): Kernels {
  loaded ??= wasmKernels(new WebAssembly.Module(readFileSync(file)));
  return loaded;
}

/** Returns the kernels of the engine that makes a design. */
export function kernelsFor(design: NetworkDesign): Kernels {
  return engineOf(design) === wasmEngine ? loadKernels() : referenceKernels;
}
