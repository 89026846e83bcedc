/** The chapter's experiments that take minutes, one after the other: `npm run test:slow`. They are no part of `npm test`. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { skipReport } from './support/skips.ts';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    reporters: ['verbose', skipReport()],
    include: ['tests/slow/**/*.slow.ts'],
    fileParallelism: false,
    testTimeout: 3_600_000,
    hookTimeout: 60_000,
  },
});
