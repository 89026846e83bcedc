/**
 * Whether node_modules holds what the lockfile says, and `npm ci` where it does not.
 *
 * A stamp inside node_modules names the lockfile (by hash, not by file times, which git and copies change) and the
 * platform that it was installed for. A `npm ci` or `npm install` made by hand leaves no stamp; npm's own record of what
 * it installed, node_modules/.package-lock.json, is then compared with the lockfile, and adopted where they agree.
 */
'use strict';
const { spawnSync } = require('child_process');
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const { fits, packagedNode, readLockfile, thisPlatform } = require('./lockfile.cjs');
const { Trouble } = require('./trouble.cjs');

/** @typedef {import('./lockfile.cjs').Lockfile} Lockfile @typedef {import('./lockfile.cjs').Platform} Platform */

const STAMP = path.join('node_modules', '.deltaroom-stamp');
const RECORD = path.join('node_modules', '.package-lock.json');
const NPM_CI = ['ci', '--no-audit', '--no-fund', '--include=dev', '--include=optional', '--loglevel=error'];

/** Tells whether node_modules is complete; `dev` says whether the tools of development belong to that. @param {string} root @param {{ dev: boolean }} needs @returns {boolean} */
function packagesReady(root, needs) {
  const stamp = path.join(root, STAMP);
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === expectedStamp(root)) return true;
  if (absentees(root, { dev: true }).length === 0) {
    writeStamp(root);
    return true;
  }
  return !needs.dev && absentees(root, needs).length === 0;
}

/** Installs what the lockfile says, with npm's own words on stderr. @param {string} root @param {(sentence: string) => void} say */
function installPackages(root, say) {
  runNpm(root, undefined);
  let absent = absentees(root, { dev: true });
  // npm leaves out, without a word, an optional package that says it needs a newer Node.js than the one npm runs on; the
  // platform's binaries of the tools are such packages. With the first round the project's own Node.js has arrived.
  const own = path.join(root, packagedNode(readLockfile(root), thisPlatform()) || '');
  if (absent.length > 0 && own !== root && fs.existsSync(own)) {
    runNpm(root, own);
    absent = absentees(root, { dev: true });
  }
  if (absent.length === 0) writeStamp(root);
  else say(`npm left out ${absent.slice(0, 5).join(', ')}${absent.length > 5 ? ', …' : ''}; going on without.`);
}

/** @param {string} root @param {string | undefined} node the Node.js to run npm on; npm's own where undefined */
function runNpm(root, node) {
  const cli = process.env.npm_execpath || '';
  const [command, args] =
    path.basename(cli) === 'npm-cli.js'
      ? [node || process.env.npm_node_execpath || process.execPath, [cli].concat(NPM_CI)]
      : ['npm', NPM_CI];
  // Standard output stays free for the data of the command that follows.
  const npm = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (npm.error) throw new Trouble(`npm could not be started: ${npm.error.message}.`);
  if (npm.status !== 0) {
    const end = npm.signal || `code ${npm.status}`;
    throw new Trouble(`The packages could not be installed: "npm ci" ended with ${end}; what it says stands above.`);
  }
  if (!fs.existsSync(path.join(root, RECORD))) {
    throw new Trouble('This npm cannot read the lockfile: install npm 8 or newer (it comes with Node.js 16 or newer).');
  }
}

/** Lists the packages of the lockfile, by place, that npm's record of what it installed has not or has otherwise. @param {string} root @param {{ dev: boolean }} needs @returns {string[]} */
function absentees(root, needs) {
  const record = path.join(root, RECORD);
  if (!fs.existsSync(record)) return ['node_modules'];
  return differences(readLockfile(root), JSON.parse(fs.readFileSync(record, 'utf8')), thisPlatform(), needs);
}

/** @param {Lockfile} lockfile @param {Lockfile} record @param {Platform} platform @param {{ dev: boolean }} needs @returns {string[]} */
function differences(lockfile, record, platform, needs) {
  const superfluous = Object.keys(record.packages).filter((place) => !lockfile.packages[place]);
  const wrong = Object.keys(lockfile.packages).filter((place) => {
    const wanted = lockfile.packages[place];
    const got = record.packages[place];
    if (place === '' || !wanted) return false;
    if (got) return wanted.version !== got.version || wanted.integrity !== got.integrity;
    if ((wanted.dev || wanted.devOptional) && !needs.dev) return false;
    // What names this platform is a binary that something needs; other optional packages serve those of other platforms.
    return !wanted.optional || Boolean((wanted.os || wanted.cpu) && fits(wanted, platform));
  });
  return superfluous.concat(wrong);
}

/** @param {string} root */
function expectedStamp(root) {
  const lockfile = fs.readFileSync(path.join(root, 'package-lock.json'));
  return `${crypto.createHash('sha256').update(lockfile).digest('hex')} ${process.platform}-${process.arch}\n`;
}

/** @param {string} root */
function writeStamp(root) {
  try {
    fs.writeFileSync(path.join(root, STAMP), expectedStamp(root));
  } catch (error) {
    // In an installation that this user may only read, the comparison is simply made again next time.
    if (!['EACCES', 'EROFS', 'EPERM'].includes(/** @type {NodeJS.ErrnoException} */ (error).code || '')) throw error;
  }
}

module.exports = { installPackages, packagesReady };
