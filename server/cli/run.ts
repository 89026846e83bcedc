/** `lab run`: trains configurations one after the other and writes their measurements as they come. */
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import type { Mnist } from '../../shared/core/dataset.ts';
import { datasetOf } from '../../shared/core/datasets.ts';
import { designOf } from '../../shared/core/design.ts';
import { kernelsFor } from '../data/kernels.ts';
import { planOf } from '../../shared/core/plan.ts';
import { createRun, type Run } from '../../shared/core/run.ts';
import { readMnist } from '../data/mnist.ts';
import { formatters } from './formats.ts';
import { readRunOptions } from './options.ts';
import { readParameters, writeParameters } from './parameters.ts';
import { createProgress } from './progress.ts';
import { openSink, type Streams } from './streams.ts';

export const runUsage = `usage: lab run <file.json | experiment id> [options]
  --seed N               draw from this seed
  --seeds A..B           one run for each seed; every line then carries its seed
  --set path=value       set a field, as in --set optimizer.learningRate=0.5; may be repeated
  --format jsonl|csv     csv has one number a line: step,epoch,layer,metric,value; the digests are left out
  --reference            train in float64, as whatever the float32 kernels do not cover is trained
  --out FILE             write to a file instead of stdout
  --initial FILE         begin with these parameters instead of drawn ones
  --save-initial FILE    write the parameters before the first step
  --save-final FILE      write the parameters after the last step`;

/** Work between two looks at the reader and the progress bar: some ten milliseconds. */
const budget = 5e7;

/** Runs the command; resolves to its exit code. */
export async function runCommand(args: string[], { stdout, stderr }: Streams): Promise<number> {
  const options = await readRunOptions(args);
  let images: Mnist | null = null;
  const mnist = () => (images ??= readMnist());
  const sink = await openSink(options.out, stdout);
  const format = formatters[options.format];
  const progress = createProgress(stderr);
  let reading = await sink.write(format.head(options.withSeed));
  for (const [index, configuration] of options.configurations.entries()) {
    const plan = planOf(configuration);
    const { sizes, steps } = plan;
    const kernels = options.reference ? referenceKernels : kernelsFor(designOf(configuration, plan));
    const seed = options.withSeed ? configuration.seed : null;
    const initial = options.initial === undefined ? undefined : await readParameters(options.initial, sizes);
    const run = createRun(configuration, datasetOf(configuration, mnist), kernels, initial);
    if (options.saveInitial !== undefined) await writeParameters(options.saveInitial, sizes, run.parameters());
    while (reading && run.standing().kind === 'training') {
      const measurements = run.advance(budget);
      if (measurements.length > 0)
        reading = await sink.write(measurements.map((one) => format.line(one, seed)).join(''));
      progress.show((index + run.step() / steps) / options.configurations.length);
    }
    if (!reading) break;
    progress.clear();
    reportDivergence(run, stderr);
    if (options.saveFinal !== undefined) await writeParameters(options.saveFinal, sizes, run.parameters());
  }
  progress.clear();
  await sink.close();
  return 0;
}

function reportDivergence(run: Run, stderr: Streams['stderr']): void {
  const standing = run.standing();
  if (standing.kind !== 'diverged') return;
  const what = standing.what === 'cost' ? 'the cost' : 'a parameter';
  stderr.write(
    `seed ${run.configuration.seed} diverged at step ${standing.step}: ${what} is not finite, first seen in layer ${standing.layer}\n`,
  );
}
