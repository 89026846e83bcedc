/** The kernels that this page can recompute with, by the name of their engine. The one place that knows which there are. */
import type { Kernels } from '../../shared/core/kernels/kernels.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';

/** Loads the kernels whose numbers bear this name; null where the page has none of that name. */
export function kernelsFor(engine: string): Promise<Kernels | null> {
  return Promise.resolve(engine === referenceKernels.engine ? referenceKernels : null);
}
