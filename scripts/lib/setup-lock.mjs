import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';

const lockPath = path.join(root, '.cache', 'setup.lock');

/**
 * Keeps two commands that were started at once in a fresh clone from installing or building over each other.
 * A lock whose owner is gone is taken over.
 * @template T
 * @param {() => T} action - what must not run twice at once; it is synchronous
 * @returns {T} what the action returned
 */
export function withSetupLock(action) {
  mkdirSync(path.dirname(lockPath), { recursive: true });
  while (!takeLock()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  try {
    return action();
  } finally {
    rmSync(lockPath, { force: true });
  }
}

function takeLock() {
  try {
    writeFileSync(lockPath, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isOwnerAlive()) rmSync(lockPath, { force: true });
    return false;
  }
}

function isOwnerAlive() {
  try {
    const pid = Number(readFileSync(lockPath, 'utf8'));
    // Pid 0 is a lock that is being written this moment.
    if (pid !== 0) process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
