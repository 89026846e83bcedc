/** Replays a class sweep: every point that its events tell is measured again, each from its value alone. */
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import type { Mnist } from '../../shared/core/dataset.ts';
import { datasetOf } from '../../shared/core/datasets.ts';
import { kernelsNamed } from '../../shared/core/kernels/choice.ts';
import type { Kernels } from '../../shared/core/kernels/kernels.ts';
import type { Measurement } from '../../shared/core/measurement.ts';
import { createRun } from '../../shared/core/run.ts';
import { applyChange } from '../../shared/protocol/configuration.ts';
import { changeTo, leanRun, pointOf, type Sweep, type SweepPoint } from '../../shared/protocol/sweeps.ts';
import { loadKernels } from '../data/kernels.ts';
import type { Verdict } from './session-replay.ts';

/** What a value may need was judged when the sweep began. */
const noLimits = { maxParameters: Infinity, maxRunFlops: Infinity };
/** Operations between two looks at whether a run is over. */
const BUDGET = 1e9;

/** Says whether all points of a sweep come out again as they are told; `tell` hears the share that is done. */
export function replaySweep(sweep: Sweep, mnist: () => Mnist, tell: (share: number) => void): Verdict {
  const { id: name, points, values, engine } = sweep;
  const kernels = kernelsNamed(engine, loadKernels);
  if (kernels === null) return { word: 'other engine', name, text: engine };
  if (points.length === 0) return { word: 'nothing', name, text: 'no point to compare' };
  for (const [n, told] of points.entries()) {
    const ours = measured(sweep, told[0], kernels, mnist);
    if (JSON.stringify(ours) !== JSON.stringify(told)) {
      const value = String(values[told[0]] ?? 'none');
      const text = `at ${sweep.field} ${value}: ${said(ours)} here, ${said(told)} in the file`;
      return { word: 'differs', name, text };
    }
    tell((n + 1) / points.length);
  }
  const open = sweep.standing === 'measuring' ? '; there is more to come' : '';
  return { word: 'equal', name, text: `${points.length} of ${values.length} points${open}` };
}

/** The point of one value, measured as a server measures it; null where the sweep has no such value. */
function measured(sweep: Sweep, index: number, kernels: Kernels, mnist: () => Mnist): SweepPoint | null {
  const { values, configuration, field, trained } = sweep;
  const value = values[index];
  if (value === undefined) return null;
  const changed = applyChange(configuration, changeTo(configuration, field, value), noLimits);
  if (!changed.ok) return null;
  const last = lastMeasured(leanRun(changed.value, trained), trained, kernels, mnist);
  return last === undefined ? null : pointOf(index, last);
}

/** What is measured last of a run, at step 0 where it is not trained. */
export function lastMeasured(
  lean: RunConfiguration,
  trained: boolean,
  kernels: Kernels,
  mnist: () => Mnist,
): Measurement | undefined {
  const run = createRun(lean, datasetOf(lean, mnist), kernels);
  if (!trained) run.halt();
  let last: Measurement | undefined;
  while (run.standing().kind === 'training') last = run.advance(BUDGET).at(-1) ?? last;
  return last;
}

const said = (point: SweepPoint | null): string =>
  point === null ? 'no such value' : `ratio ${point[1]}, accuracy ${point[2] ?? 'none'}`;
