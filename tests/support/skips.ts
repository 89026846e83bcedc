/**
 * Says at the end of a run which tests did not run and why; where nothing may be skipped (CI=true), that is a failure.
 * Tests that were left out by a filter of the command line were not asked for, and are not named.
 */
import type { Reporter, TestCase, Vitest } from 'vitest/node';

/** Makes the reporter. */
export function skipReport(): Reporter {
  let vitest: Vitest | undefined;
  return {
    onInit(running) {
      vitest = running;
    },
    onTestRunEnd(modules) {
      if (vitest === undefined || vitest.getGlobalTestNamePattern() !== undefined) return;
      const lines = modules
        .flatMap((module) => Array.from(module.children.allTests('skipped'), lineOf))
        .filter(Boolean);
      if (lines.length === 0) return;
      vitest.logger.log(`\n${lines.join('\n')}`);
      if (process.env.CI !== 'true') return;
      vitest.logger.log(`\n${lines.length} skipped where nothing may be skipped (CI=true).`);
      process.exitCode = 1;
    },
  };
}

function lineOf(test: TestCase): string | undefined {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  // What did not run only because its suite failed before it is told with that failure.
  if (note === undefined && test.options.mode === 'run') return undefined;
  const reason = note ?? `marked ${test.options.mode}`;
  return `SKIPPED ${test.module.relativeModuleId} > ${test.fullName}: ${reason}`;
}
