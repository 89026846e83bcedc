/**
 * The protocol under fire: by seed, sessions of people who send anything, lose their lines, come back, in a room whose server is
 * killed and whose store fails. Whatever happens, nothing that was acknowledged is lost or doubled, and everybody ends alike.
 *
 * `FUZZ_SEEDS=A..B` looks at other seeds than the suite does.
 */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Operation, operationsOf, Session, Violation } from './session.ts';
import { shrunk } from './shrink.ts';

const operationsEach = 200;
/** Seeds that once found something. */
const pinned: readonly number[] = [14, 62, 1081];
const [from = 1, to = 2000] = (process.env['FUZZ_SEEDS'] ?? '1..2000').split('..').map(Number);

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterAll(() => {
  vi.useRealTimers();
});

type Tally = { accepted: number; refused: number };

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

async function look(seeds: readonly number[]): Promise<Tally> {
  const tally = { accepted: 0, refused: 0 };
  for (const seed of seeds) {
    const operations = operationsOf(seed, operationsEach);
    const violation = await violationOf(seed, operations, tally);
    if (violation === null) continue;
    const few = await shrunk(operations, async (fewer) => (await violationOf(seed, fewer)) !== null);
    const said = few.map(({ kind, salt }) => `${kind}(${salt})`).join(' ');
    const last = await violationOf(seed, few);
    throw new Error(`seed ${seed}: ${violation}\n${few.length} operations are enough: ${said}\n${last}`);
  }
  return tally;
}

test('seeds that once found something find nothing any more', async () => {
  expect((await look(pinned)).accepted).toBeGreaterThanOrEqual(0);
});

test(
  `[F1][F2][F3][F4][F5][F6][F7][K1][K2] hold in sessions of ${operationsEach} operations, seeds ${from} to ${to}`,
  { timeout: 3_600_000 },
  async () => {
    const began = performance.now();
    const seeds = Array.from({ length: to - from + 1 }, (_, n) => from + n);
    const { accepted, refused } = await look(seeds);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(
      `fuzz: ${seeds.length} seeds x ${operationsEach} operations, ${accepted} commands accepted, ${refused} refused, 0 violations, ${seconds} s`,
    );
    // A fuzz in which everything is refused finds nothing.
    expect(accepted).toBeGreaterThan(10 * seeds.length);
  },
);
