/** Looks at sessions by seed; the first that violates something is made small and thrown, with its seed. Timers must be faked. */
import { type Operation, operationsOf, Session, Violation } from './session.ts';
import { shrunk } from './shrink.ts';

export const operationsEach = 200;

export type Tally = { accepted: number; refused: number };

/** Returns what was violated; null where nothing was. */
async function violationOf(seed: number, operations: readonly Operation[], tally?: Tally): Promise<string | null> {
  const session = new Session(seed);
  try {
    await session.run(operations);
    if (tally !== undefined) {
      tally.accepted += session.accepted;
      tally.refused += session.refused;
    }
    return null;
  } catch (error) {
    return error instanceof Violation ? error.message : String(error instanceof Error ? error.stack : error);
  }
}

/** Looks at the seeds `from` to `to`, both included, and says how many commands there were. */
export async function look(from: number, to: number): Promise<Tally> {
  const tally = { accepted: 0, refused: 0 };
  const began = performance.now();
  for (let seed = from; seed <= to; seed++) {
    const operations = operationsOf(seed, operationsEach);
    const violation = await violationOf(seed, operations, tally);
    if (violation === null) continue;
    const few = await shrunk(operations, async (fewer) => (await violationOf(seed, fewer)) !== null);
    const said = few.map(({ kind, salt }) => `${kind}(${salt})`).join(' ');
    const last = await violationOf(seed, few);
    throw new Error(`seed ${seed}: ${violation}\n${few.length} operations are enough: ${said}\n${last}`);
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const { accepted, refused } = tally;
  console.log(
    `fuzz: ${to - from + 1} seeds x ${operationsEach} operations, ${accepted} commands accepted, ${refused} refused, 0 violations, ${seconds} s`,
  );
  return tally;
}
