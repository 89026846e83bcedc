/** The worker in which the start page trains its two networks, a little of each in turn. It takes one order and reports. */
import '../shell/no-compiling.ts';
import { parseConfiguration } from '../../shared/protocol/configuration.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { createRun } from '../../shared/core/run.ts';
import { wasmEngine } from '../../shared/core/kernels/wasm.ts';
import { fetchDataset } from '../verify/images.ts';
import { kernelsFor } from '../verify/kernels.ts';
import { configurationsOf, type Moment } from './networks.ts';

export type Order = { readonly seed: number };
export type Report = { readonly network: number; readonly moments: readonly Moment[] };

/** Operations at a turn: some milliseconds. */
const budget = 5e7;

async function work({ seed }: Order): Promise<void> {
  const kernels = await kernelsFor(wasmEngine);
  if (kernels === null) throw new Error(`invariant violation: the page has no ${wasmEngine}`);
  const configurations = configurationsOf(seed).map((input) => {
    const parsed = parseConfiguration(input, defaultLimits);
    if (!parsed.ok) throw new Error(`invariant violation: ${parsed.error.message}`);
    return parsed.value;
  });
  const [first] = configurations;
  if (first === undefined) return;
  const dataset = await fetchDataset(first, () => undefined);
  const runs = configurations.map((configuration) => createRun(configuration, dataset, kernels));
  while (runs.some((run) => run.standing().kind === 'training')) {
    for (const [network, run] of runs.entries()) {
      const moments = run.advance(budget).map(({ step, trainAccuracy, layers }) => {
        return { step, speeds: layers.slice(0, -1).map(({ speed }) => speed), accuracy: trainAccuracy ?? Number.NaN };
      });
      const report: Report = { network, moments };
      if (moments.length > 0) postMessage(report);
    }
  }
}

addEventListener('message', (event: MessageEvent<Order>) => void work(event.data), { once: true });
