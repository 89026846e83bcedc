/**
 * The protocol under fire: by seed, sessions of people who send anything, lose their lines, come back, in a room whose server is
 * killed and whose store fails. Whatever happens, nothing that was acknowledged is lost or doubled, and everybody ends alike.
 *
 * `FUZZ_SEEDS=A..B` looks at other seeds than the suite does.
 */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { look, operationsEach } from './look.ts';

/** Seeds that once found something. What a seed sends follows from the table of commands as well, so they stand beside tests of what they found. */
const pinned: readonly number[] = [14, 62, 1081, 2044];
const [from = 1, to = 2000] = (process.env['FUZZ_SEEDS'] ?? '1..2000').split('..').map(Number);

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterAll(() => {
  vi.useRealTimers();
});

test.each(pinned)('seed %i, which once found something, finds nothing any more', async (seed) => {
  expect((await look(seed, seed)).accepted).toBeGreaterThan(0);
});

test(
  `[F1][F2][F3][F4][F5][F6][F7][K1][K2] hold in sessions of ${operationsEach} operations, seeds ${from} to ${to}`,
  { timeout: 3_600_000 },
  async () => {
    const { accepted } = await look(from, to);
    // A fuzz in which everything is refused finds nothing.
    expect(accepted).toBeGreaterThan(10 * (to - from + 1));
  },
);
