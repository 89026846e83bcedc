/** The worker of what is measured at step 0: it draws networks, measures them once, and says what theory predicts of them. */
import '../../shell/no-compiling.ts';
import { wasmEngine } from '../../../shared/core/kernels/wasm.ts';
import { drawStarts } from '../../../shared/core/starts.ts';
import { inputStatistics } from '../../../shared/core/theory/inputs.ts';
import { predictSpeeds } from '../../../shared/core/theory/predict.ts';
import { parseConfiguration } from '../../../shared/protocol/configuration.ts';
import { defaultLimits } from '../../../shared/protocol/limits.ts';
import { fetchDataset } from '../../verify/images.ts';
import { kernelsFor } from '../../verify/kernels.ts';
import type { StartOrder, StartReport } from './start-messages.ts';

/** Networks between two reports. */
const portion = 10;

async function work({ number, input, networks }: StartOrder): Promise<void> {
  const parsed = parseConfiguration(input, defaultLimits);
  if (!parsed.ok) throw new Error(`invariant violation: ${parsed.error.message}`);
  const configuration = parsed.value;
  const kernels = await kernelsFor(wasmEngine);
  if (kernels === null) throw new Error(`invariant violation: the page has no ${wasmEngine}`);
  const dataset = await fetchDataset(configuration, () => undefined);
  const prediction = predictSpeeds(configuration, inputStatistics(dataset, configuration.probe));
  const theory = prediction.kind === 'speeds' ? prediction.layers.map(({ speed }) => speed) : null;
  let speeds: number[][] = [];
  let rms: number[][] = [];
  const tell = (): void => {
    const report: StartReport = { number, theory, speeds, rms };
    postMessage(report);
    speeds = [];
    rms = [];
  };
  const seeds = Array.from({ length: networks }, (_, seed) => seed + 1);
  for (const { speed, speedRms } of drawStarts(configuration, dataset, kernels, seeds)) {
    speeds.push([...speed.subarray(0, -1)]);
    rms.push([...speedRms.subarray(0, -1)]);
    if (speeds.length === portion) tell();
  }
  if (speeds.length > 0) tell();
}

addEventListener('message', (event: MessageEvent<StartOrder>) => void work(event.data));
