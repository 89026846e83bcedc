/** What loads a server for minutes, one after the other: `npm run test:load`. Bounded parts of it are in `npm test`. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { skipReport } from './support/skips.ts';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    reporters: ['verbose', skipReport()],
    include: ['tests/load/**/*.load.ts'],
    fileParallelism: false,
    testTimeout: 3_600_000,
    hookTimeout: 60_000,
  },
});
