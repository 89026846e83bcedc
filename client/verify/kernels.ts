/** The kernels that this page can recompute with, by the name of their engine. The one place that knows which there are. */
import { kernelsNamed } from '../../shared/core/kernels/choice.ts';
import type { Kernels } from '../../shared/core/kernels/kernels.ts';
import { wasmEngine, wasmKernels } from '../../shared/core/kernels/wasm.ts';
import url from '../../dist/kernels/network.wasm?url';

/** Loads the kernels whose numbers bear this name; null where the page has none of that name. */
export async function kernelsFor(engine: string): Promise<Kernels | null> {
  if (engine !== wasmEngine) return kernelsNamed(engine, unexpected);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the fast kernels cannot be loaded: ${response.status}`);
  return wasmKernels(await WebAssembly.compile(await response.arrayBuffer()));
}

function unexpected(): never {
  throw new Error('invariant violation: the fast kernels have a name of their own');
}
