/** The fuzz of the protocol over so many seeds that it takes the better part of an hour; `npm test` looks at the first 2,000. */
import { expect, test, vi } from 'vitest';
import { look } from '../fuzz/look.ts';

test('[F1][F2][F3][F4][F5][F6][F7][K1][K2] hold in 100,000 sessions', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  const { accepted } = await look(2001, 102_000);
  expect(accepted).toBeGreaterThan(1_000_000);
});
