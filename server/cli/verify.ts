/** `lab verify`: checks the core against an oracle file of small networks (CONTRACT 1 says how errors are counted). */
import { parseArgs } from 'node:util';
import { kernelsFor } from '../../shared/core/kernels/choice.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { loadKernelsOnce } from '../data/kernels.ts';
import { checkCase, type KernelsOf, type OracleCase, readCases } from './oracle.ts';
import { openSink, UsageError, type Streams } from './streams.ts';

export const verifyUsage = `usage: lab verify <cases.json> [options]
  --reference            check the float64 core, with tolerance 1e-9
  --tolerance X          the largest error allowed (default 1e-4)`;

/** Runs the command; resolves to its exit code. */
export async function verifyCommand(args: string[], { stdout, stderr }: Streams): Promise<number> {
  const { file, reference, tolerance } = readOptions(args);
  const fast = loadKernelsOnce();
  const kernelsOf: KernelsOf = (configuration) => (reference ? referenceKernels : kernelsFor(configuration, fast));
  const cases = await readCases(file);
  const sink = await openSink(undefined, stdout);
  const counts = { ok: 0, over: 0 };
  const engines = new Set<string>();
  for (const one of cases) {
    const outcome = judge(one, kernelsOf, tolerance);
    counts[outcome.kind] += 1;
    engines.add(outcome.engine);
    if (!(await sink.write(`${outcome.line}\n`))) break;
  }
  const checked = counts.ok + counts.over;
  const names = [...engines].join(' and ');
  stderr.write(`${checked} checked with ${names}, ${counts.over} over ${tolerance}
`);
  return checked > 0 && counts.over === 0 ? 0 : 1;
}

function judge(
  one: OracleCase,
  kernelsOf: KernelsOf,
  tolerance: number,
): { kind: 'ok' | 'over'; line: string; engine: string } {
  const result = checkCase(one, kernelsOf);
  // Not `error <= tolerance` alone: NaN is over any tolerance.
  const kind = result.error <= tolerance ? 'ok' : 'over';
  const { engine } = result;
  const line = `${kind.padEnd(4)}  ${result.error.toExponential(2)}  ${one.name} (worst: ${result.field}; ${engine})`;
  return { kind, line, engine };
}

function readOptions(args: string[]): { file: string; reference: boolean; tolerance: number } {
  let parsed;
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: { reference: { type: 'boolean' }, tolerance: { type: 'string' } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), true);
  }
  const [file, ...more] = parsed.positionals;
  if (file === undefined || more.length > 0) throw new UsageError('name one file of cases', true);
  const { reference = false, tolerance } = parsed.values;
  const value = tolerance === undefined ? (reference ? 1e-9 : 1e-4) : Number(tolerance);
  if (!(value >= 0) || tolerance === '')
    throw new UsageError(`--tolerance is ${tolerance}: must be a number from 0`, true);
  return { file, reference, tolerance: value };
}
