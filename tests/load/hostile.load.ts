/** The whole of the hostile load: `npm run test:load`. */
import { expect, test } from 'vitest';
import { expectHarmless } from './harmless.ts';
import { strikeAll } from './hostile.ts';

test('100,000 hostile messages of all kinds are answered with a code or cut, and leave nothing behind', async () => {
  const report = await strikeAll(100_000);
  expect(report.strikes).toBeGreaterThanOrEqual(100_000);
  expectHarmless(report);
});
