import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** No measurement takes longer than this on a slow machine; a child that does is ended. */
const LIMIT_MS = 180_000;

/**
 * Runs a module of this folder in a fresh process and resolves with the one message it sends.
 * @param {string} module
 * @param {object} job
 * @returns {Promise<any>}
 */
export function runInChild(module, job) {
  return new Promise((resolve, reject) => {
    const path = fileURLToPath(new URL(module, import.meta.url));
    const child = fork(path, [JSON.stringify(job)], {
      execArgv: ['--expose-gc'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let complaint = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      complaint += text;
    });
    child.once('message', resolve);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      reject(new Error(`${module} ended with ${signal ?? code} for ${JSON.stringify(job)}.\n${complaint.trim()}`));
    });
  });
}

/**
 * Starts the service in its own process.
 * @returns {Promise<{ origin: string, stop: () => void }>}
 */
export function startServer() {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('server.mjs', import.meta.url)), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it was asked to.`)));
    child.once('message', (message) => {
      const { origin } = /** @type {{ origin: string }} */ (message);
      resolve({ origin, stop: () => child.kill() });
    });
  });
}
