/**
 * One set-up at a time in one folder: a lock folder that holds one file named after the process that owns it.
 *
 * Both ways to come by it are one rename, so that there is no moment in which two processes believe to own it, and none
 * in which a killed process leaves a lock without a name: a folder that already has its file is renamed to the lock's
 * name (which fails while the lock has an owner), or a dead owner's file is renamed to ours (which only one can do).
 */
'use strict';
const fs = require('fs');
const path = require('path');

const POLL_MS = 100;

/** Runs `work` while owning the lock folder; says once on `say` for whom it waits. @template T @param {string} folder @param {(sentence: string) => void} say @param {() => T} work @returns {T} */
function underLock(folder, say, work) {
  let waitedFor = 0;
  for (;;) {
    const owner = acquire(folder);
    if (owner === process.pid) break;
    if (owner !== 0 && owner !== waitedFor) {
      say(`Another command (process ${owner}) is setting this folder up; waiting for it.`);
      waitedFor = owner;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MS);
  }
  try {
    return work();
  } finally {
    release(folder);
  }
}

/** Tries once to own the lock and returns the owner's process id: our own where that worked, 0 where it just changed hands. @param {string} folder @returns {number} */
function acquire(folder) {
  try {
    const owner = Number(fs.readdirSync(folder)[0] || 0);
    if (owner === 0) return create(folder);
    if (owner !== process.pid && isSettingUp(owner)) return owner;
    fs.renameSync(path.join(folder, String(owner)), path.join(folder, String(process.pid)));
    return process.pid;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    return create(folder);
  }
}

/** @param {string} folder @returns {number} */
function create(folder) {
  const prepared = `${folder}.${process.pid}`;
  fs.mkdirSync(prepared, { recursive: true });
  fs.writeFileSync(path.join(prepared, String(process.pid)), '');
  try {
    fs.renameSync(prepared, folder);
    return process.pid;
  } catch (error) {
    fs.unlinkSync(path.join(prepared, String(process.pid)));
    fs.rmdirSync(prepared);
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(codeOf(error))) throw error;
    return 0;
  }
}

/** @param {string} folder */
function release(folder) {
  fs.unlinkSync(path.join(folder, String(process.pid)));
  try {
    fs.rmdirSync(folder);
  } catch (error) {
    // Someone renamed their own folder onto the empty one already: it is theirs now.
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeOf(error))) throw error;
  }
}

/** Tells whether this process id is a living set-up; where /proc can tell, a process that only got the same number does not count. @param {number} pid */
function isSettingUp(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(path.basename(process.argv[1] || ''));
  } catch {
    return true;
  }
}

/** @param {unknown} error @returns {string} */
function codeOf(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code || '';
}

module.exports = { underLock };
