/**
 * Which Node.js runs the project: the one among its packages, where one fits the platform; else the system's, if it is
 * new enough.
 */
'use strict';
const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const { packagedNode, readLockfile, thisPlatform } = require('./lockfile.cjs');
const { Trouble } = require('./trouble.cjs');

const LEAST_MAJOR = 26;

/** Stops before anything is installed where neither the packages nor the system have a Node.js that will do. @param {import('./lockfile.cjs').Lockfile} lockfile @param {import('./lockfile.cjs').Platform} platform @param {string} systemVersion */
function expectRuntime(lockfile, platform, systemVersion) {
  if (!packagedNode(lockfile, platform)) refuseOld(systemVersion, platform);
}

/** Finds the Node.js that runs the project, and sees to it that npm's next script runs on it too. @param {string} root @returns {string} */
function runtimeInCharge(root) {
  const platform = thisPlatform();
  const place = packagedNode(readLockfile(root), platform);
  const link = path.join(root, 'node_modules', '.bin', 'node');
  if (place && fs.existsSync(path.join(root, place))) {
    const own = path.join(root, place);
    if (fs.existsSync(link) && fs.realpathSync(process.execPath) === fs.realpathSync(own)) return own;
    if (spawnSync(own, ['--version']).status === 0) {
      // npm before 11 makes this link and then removes it with those of the packages for other platforms.
      if (!fs.existsSync(link)) fs.symlinkSync(path.relative(path.dirname(link), own), link);
      return own;
    }
    // It fits by name and yet does not run, as on a Linux with another C library: out of the way of the system's.
    if (fs.existsSync(link)) fs.unlinkSync(link);
  }
  refuseOld(process.version, platform);
  return process.execPath;
}

/** @param {string} version @param {import('./lockfile.cjs').Platform} platform */
function refuseOld(version, platform) {
  if (Number((/^v(\d+)\./.exec(version) || [])[1]) >= LEAST_MAJOR) return;
  throw new Trouble(
    `Deltaroom runs on Node.js ${LEAST_MAJOR} or newer, which it brings along for the usual platforms, but for ` +
      `${platform.os}-${platform.cpu} it has none that runs and the Node.js of this system is ${version}: ` +
      `install Node.js ${LEAST_MAJOR} or newer from https://nodejs.org.`,
  );
}

module.exports = { expectRuntime, runtimeInCharge };
