/**
 * The lockfile as far as the set-up reads it: what it asks for on this platform, and the Node.js among its packages.
 */
'use strict';
const fs = require('fs');
const path = require('path');

/**
 * @typedef {object} Entry
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 * @property {boolean} [dev]
 * @property {boolean} [devOptional]
 * @property {string | string[]} [os]
 * @property {string | string[]} [cpu]
 * @property {string | string[]} [libc]
 * @property {Record<string, string>} [bin]
 *
 * @typedef {{ packages: Record<string, Entry> }} Lockfile by place, such as node_modules/vite
 * @typedef {{ os: string, cpu: string, libc: string | undefined }} Platform
 */

/** @param {string} root @returns {Lockfile} */
function readLockfile(root) {
  return JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
}

/** @returns {Platform} */
function thisPlatform() {
  if (process.platform !== 'linux') return { os: process.platform, cpu: process.arch, libc: undefined };
  const report = /** @type {any} */ (process.report && process.report.getReport());
  const libc = !report || report.header.glibcVersionRuntime ? 'glibc' : 'musl';
  return { os: process.platform, cpu: process.arch, libc };
}

/** Tells whether npm installs a package on this platform. @param {Entry} entry @param {Platform} platform @returns {boolean} */
function fits(entry, platform) {
  return (
    matches(entry.os, platform.os) &&
    matches(entry.cpu, platform.cpu) &&
    (platform.libc === undefined || matches(entry.libc, platform.libc))
  );
}

/** @param {string | string[] | undefined} allowed @param {string} value */
function matches(allowed, value) {
  if (!allowed) return true;
  const list = typeof allowed === 'string' ? [allowed] : allowed;
  if (list.includes(`!${value}`)) return false;
  return list.includes(value) || list.every((item) => item.startsWith('!'));
}

/** Finds where npm puts the Node.js that fits this platform, installed or not. @param {Lockfile} lockfile @param {Platform} platform @returns {string | undefined} */
function packagedNode(lockfile, platform) {
  for (const place of Object.keys(lockfile.packages)) {
    const entry = lockfile.packages[place];
    if (entry && entry.bin && entry.bin.node && fits(entry, platform)) return `${place}/${entry.bin.node}`;
  }
  return undefined;
}

module.exports = { fits, packagedNode, readLockfile, thisPlatform };
