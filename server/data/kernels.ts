/** Loads the fast kernels from the file that the set-up builds. */
import { readFileSync } from 'node:fs';
import type { Kernels } from '../../shared/core/kernels/kernels.ts';
import { wasmKernels } from '../../shared/core/kernels/wasm.ts';

const file = new URL('../../dist/kernels/network.wasm', import.meta.url);

/** Reads and compiles the kernels; throws when they were never built. */
export function loadKernels(): Kernels {
  return wasmKernels(new WebAssembly.Module(readFileSync(file)));
}

/** Returns how to get the kernels, which are read when they are first asked for. */
export function loadKernelsOnce(): () => Kernels {
  let loaded: Kernels | null = null;
  return () => (loaded ??= loadKernels());
}
