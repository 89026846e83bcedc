/** `lab verify`: checks the core against an oracle file of small networks (CONTRACT 1 says how errors are counted). */
import { parseArgs } from 'node:util';
import type { Kernels, NetworkDesign } from '../../shared/core/kernels/kernels.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { kernelsFor } from '../data/kernels.ts';
import { checkCase, type OracleCase, readCases } from './oracle.ts';
import { openSink, UsageError, type Streams } from './streams.ts';

export const verifyUsage = `usage: lab verify <cases.json> [options]
  --reference            check the float64 core, with tolerance 1e-9
  --tolerance X          the largest error allowed (default 1e-4)`;

/** Runs the command; resolves to its exit code. */
export async function verifyCommand(args: string[], { stdout, stderr }: Streams): Promise<number> {
  const { file, reference, tolerance } = readOptions(args);
  const engines = new Set<string>();
  const choose = (design: NetworkDesign): Kernels => {
    const kernels = reference ? referenceKernels : kernelsFor(design);
    engines.add(kernels.engine);
    return kernels;
  };
  const cases = await readCases(file);
  const sink = await openSink(undefined, stdout);
  const counts = { ok: 0, over: 0 };
  for (const one of cases) {
    const outcome = judge(one, choose, tolerance);
    counts[outcome.kind] += 1;
    if (!(await sink.write(`${outcome.line}\n`))) break;
  }
  const checked = counts.ok + counts.over;
  stderr.write(`${checked} checked with ${[...engines].toSorted().join(', ')}, ${counts.over} over ${tolerance}\n`);
  return checked > 0 && counts.over === 0 ? 0 : 1;
}

function judge(
  one: OracleCase,
  choose: (design: NetworkDesign) => Kernels,
  tolerance: number,
): { kind: 'ok' | 'over'; line: string } {
  const result = checkCase(one, choose);
  // Not `error <= tolerance` alone: NaN is over any tolerance.
  const kind = result.error <= tolerance ? 'ok' : 'over';
  return { kind, line: `${kind.padEnd(4)}  ${result.error.toExponential(2)}  ${one.name} (worst: ${result.field})` };
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
