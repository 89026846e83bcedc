/**
 * The tests in two groups: `node`, one on each core, and after them `browser`, which drive a Chromium and run two at a time: one
 * of them waits for its page most of the time. (With `groupOrder` 0 and one worker, as on two cores by default, a group runs last.)
 * Time limits only end what hangs; no test may pass or fail by how fast the machine is.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { failureReport } from './support/failures.ts';
import { skipReport } from './support/skips.ts';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    reporters: ['default', skipReport(), failureReport()],
    expect: { poll: { timeout: 50_000, interval: 20 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/browser/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          maxWorkers: 2,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
