/**
 * What is built before a command runs, and whether it is stale: each target has the files it is made from, and a stamp
 * with the hash of their names and contents.
 */
'use strict';
const { spawnSync } = require('child_process');
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const { Trouble } = require('./trouble.cjs');

/**
 * @typedef {object} Target
 * @property {string} label what a person calls it
 * @property {string} output the folder it makes, relative to the project
 * @property {string[]} inputs files and folders it is made from
 * @property {(folder: string) => string[]} command the arguments for Node.js that make it in a folder
 */

/** @type {Record<'client' | 'kernels' | 'peak', Target>} */
const TARGETS = {
  client: {
    label: 'the page',
    output: 'dist/client',
    inputs: ['client', 'shared', 'package-lock.json', 'tsconfig.json'],
    command: (folder) =>
      ['node_modules/vite/bin/vite.js', 'build', '--config', 'client/vite.config.ts'].concat([
        '--outDir',
        folder,
        '--emptyOutDir',
        '--logLevel',
        'warn',
      ]),
  },
  kernels: assembled('the kernels', 'dist/kernels', 'index.ts', 'network.wasm'),
  peak: assembled('the yardstick of the bench', 'dist/peak', 'peak.ts', 'peak.wasm'),
};

/**
 * A module of WebAssembly, made by the AssemblyScript compiler.
 * @param {string} label @param {string} output @param {string} source @param {string} file @returns {Target}
 */
function assembled(label, output, source, file) {
  const folder = 'shared/core/kernels/assembly';
  return {
    label,
    output,
    inputs: [folder, 'package-lock.json'],
    command: (into) =>
      ['node_modules/assemblyscript/bin/asc.js', `${folder}/${source}`].concat([
        '--config',
        `${folder}/asconfig.json`,
        '--outFile',
        `${into}/${file}`,
      ]),
  };
}

/** Tells whether what a target made still fits its inputs. @param {string} root @param {Target} target @returns {boolean} */
function isFresh(root, target) {
  const stamp = path.join(root, `${target.output}.stamp`);
  return (
    fs.existsSync(path.join(root, target.output)) &&
    fs.existsSync(stamp) &&
    fs.readFileSync(stamp, 'utf8') === hashOf(root, target.inputs)
  );
}

/** Makes a target. A failed build leaves the former one as it was. @param {string} root @param {Target} target @param {string} node */
function build(root, target, node) {
  const output = path.join(root, target.output);
  const fresh = `${output}.new`;
  // Taken before the build: what is edited meanwhile makes the result stale again.
  const hash = hashOf(root, target.inputs);
  const made = spawnSync(node, target.command(fresh), {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: Object.assign({}, process.env, { NODE_ENV: 'production' }),
  });
  if (made.error || made.status !== 0) {
    throw new Trouble(
      `Building ${target.label} failed (${made.error ? made.error.message : made.signal || `code ${made.status}`}); what the build says stands above.`,
    );
  }
  // Node.js before 14.14 has only the other name for it.
  (fs.rmSync || /** @type {any} */ (fs).rmdirSync)(output, { recursive: true, force: true });
  fs.renameSync(fresh, output);
  fs.writeFileSync(`${output}.stamp`, hash);
}

/** Hashes names and contents, so that neither file times nor the order of a folder matter. @param {string} root @param {string[]} inputs @returns {string} */
function hashOf(root, inputs) {
  const hash = crypto.createHash('sha256');
  for (const file of inputs.reduce(
    (files, input) => files.concat(filesIn(root, input)),
    /** @type {string[]} */ ([]),
  )) {
    const content = fs.readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** @param {string} root @param {string} place @returns {string[]} */
function filesIn(root, place) {
  if (!fs.statSync(path.join(root, place)).isDirectory()) return [place];
  return fs
    .readdirSync(path.join(root, place))
    .sort()
    .reduce((files, name) => files.concat(filesIn(root, `${place}/${name}`)), /** @type {string[]} */ ([]));
}

module.exports = { TARGETS, build, isFresh };
