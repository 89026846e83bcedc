/**
 * Makes the project ready for a command: `node server/setup/prepare.cjs <command>`, called by npm before it. It installs
 * what is missing and builds what is stale, and does nothing where nothing is to be done.
 *
 * It is the one file that starts under whatever Node.js the system has (about 12 and newer), before any package is
 * there: plain CommonJS without dependencies. It writes to stderr only, because the output of a script that npm runs
 * before `npm run --silent lab` would land in the data.
 */
'use strict';
const path = require('path');
const { TARGETS, build, isFresh } = require('./builds.cjs');
const { underLock } = require('./lock.cjs');
const { readLockfile, thisPlatform } = require('./lockfile.cjs');
const { expectRuntime, runtimeInCharge } = require('./node.cjs');
const { installPackages, packagesReady } = require('./packages.cjs');
const { Trouble } = require('./trouble.cjs');

/** What each command needs: whether the tools of development, and which targets. @type {Record<string, { dev: boolean, targets: (keyof typeof TARGETS)[] }>} */
const NEEDS = {
  start: { dev: false, targets: ['kernels', 'client'] },
  test: { dev: true, targets: ['kernels', 'client'] },
  build: { dev: false, targets: ['kernels', 'client'] },
  dev: { dev: true, targets: ['kernels'] },
  lab: { dev: false, targets: ['kernels'] },
  bench: { dev: false, targets: ['kernels', 'client', 'peak'] },
};

/** @param {string} root @param {string} command */
function prepare(root, command) {
  const needs = NEEDS[command];
  if (!needs) throw new Trouble(`prepare: unknown command "${command}"; known are ${Object.keys(NEEDS).join(', ')}.`);
  const targets = needs.targets.map((name) => TARGETS[name]);
  const stale = () => targets.filter((target) => !isFresh(root, target));
  if (!packagesReady(root, needs) || stale().length > 0) {
    expectRuntime(readLockfile(root), thisPlatform(), process.version);
    underLock(path.join(root, '.setup-lock'), say, () => {
      // Asked again: whoever had the lock before may have done it all.
      if (!packagesReady(root, needs)) {
        say('Installing packages; this happens once and takes a minute.');
        installPackages(root, say);
      }
      for (const target of stale()) {
        say(`Building ${target.label}.`);
        build(root, target, runtimeInCharge(root));
      }
    });
  }
  runtimeInCharge(root);
}

/** @param {string} sentence */
function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

try {
  prepare(path.resolve(__dirname, '..', '..'), process.argv[2] || '');
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  say(error.message);
  process.exitCode = 1;
}
