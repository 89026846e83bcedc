/**
 * The whole gate, one step after the other: format, lint, types, dead code, tests. All of them run even after a failure,
 * so that one look tells everything that is wrong. What stands behind `npm test --` goes to the tests.
 */
import { spawnSync } from 'node:child_process';

const STEPS = [
  { name: 'format', command: ['oxfmt', '--check', '.'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'types', command: ['tsc'] },
  { name: 'dead code', command: ['knip'] },
  { name: 'tests', command: ['vitest', 'run', '--config', 'tests/vitest.config.ts', ...process.argv.slice(2)] },
];

const verdicts = STEPS.map(({ name, command }) => {
  console.log(`\n== ${name}: ${command.join(' ')}`);
  const begun = performance.now();
  const { status } = spawnSync(process.execPath, [`node_modules/.bin/${command[0]}`, ...command.slice(1)], {
    stdio: 'inherit',
  });
  return { name, passed: status === 0, seconds: ((performance.now() - begun) / 1000).toFixed(1) };
});

console.log();
for (const { name, passed, seconds } of verdicts) console.log(`${passed ? 'passed' : 'FAILED'}  ${name}  ${seconds} s`);
const failed = verdicts.filter(({ passed }) => !passed).map(({ name }) => name);
console.log(failed.length === 0 ? 'The gate is passed.' : `The gate is not passed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
