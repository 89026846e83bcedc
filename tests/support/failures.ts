/** Names what failed once more as the last thing of a run, so that the end of a long output tells what to look at. */
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

/** A sentence, not a whole picture of what was expected. */
const mostLetters = 300;

/** Makes the reporter. */
export function failureReport(): Reporter {
  let vitest: Vitest | undefined;
  return {
    onInit(running) {
      vitest = running;
    },
    onTestRunEnd(modules) {
      const lines = modules.flatMap((module) => [
        ...module.errors().map((error) => lineOf(module, '', error.message)),
        ...Array.from(module.children.allTests('failed'), (test) =>
          lineOf(module, ` > ${test.fullName}`, saidBy(test)),
        ),
      ]);
      if (lines.length > 0) vitest?.logger.log(`\n${lines.join('\n')}`);
    },
  };
}

const saidBy = (test: TestCase): string => test.result().errors?.[0]?.message ?? '';

function lineOf(module: TestModule, name: string, message: string): string {
  const sentence = (message.split('\n')[0] ?? '').slice(0, mostLetters);
  return `FAILED ${module.relativeModuleId}${name}: ${sentence}`;
}
