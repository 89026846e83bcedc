/** A bounded part of the hostile load; `npm run test:load` runs the whole of it. */
import { expect, test } from 'vitest';
import { expectHarmless } from './harmless.ts';
import { strikeAll } from './hostile.ts';

test(
  '1,500 hostile messages of all kinds are answered with a code or cut, and leave nothing behind',
  { timeout: 240_000 },
  async () => {
    const report = await strikeAll(1500);
    expect(report.kinds).toBeGreaterThan(120);
    expectHarmless(report);
  },
);
