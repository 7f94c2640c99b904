import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const WORKER = fileURLToPath(new URL('worker.mjs', import.meta.url));

/** Starting a process and loading a client in it takes no longer, however busy the machine is. */
const START_MS = 60_000;

/** Processes that have not ended yet: none of them outlives this one. */
const running = new Set();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * @typedef {object} Run
 * @property {any} result what the work came to; undefined when it was ended before
 * @property {any[]} notes what it told on the way
 * @property {boolean} capped whether it was ended because its time was over
 * @property {boolean} endedByItself
 * @property {number | undefined} peakRssMiB
 * @property {number} unhandled rejections that nobody handled
 */

/**
 * Does a piece of work with one client in a process of its own, and ends that process when its time is over.
 * @param {object} job `client`, `task`, and what the task takes
 * @param {number} capMs counted from when the client is loaded
 * @returns {Promise<Run>}
 */
export function runJob(job, capMs) {
  return new Promise((resolve, reject) => {
    const child = fork(WORKER, [JSON.stringify(job)], {
      execArgv: ['--expose-gc'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: withoutProxies(process.env),
    });
    running.add(child);
    const run = { result: undefined, notes: [], capped: false, endedByItself: false, unhandled: 0 };
    let complaint = '';
    const endIt = () => {
      run.capped = run.result === undefined;
      run.peakRssMiB ??= peakRssOf(child.pid);
      child.kill('SIGKILL');
    };
    let timer = setTimeout(endIt, START_MS);
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      complaint = (complaint + text).slice(-4_000);
    });
    child.on('message', ({ ready, note, ...rest }) => {
      if (ready) {
        clearTimeout(timer);
        timer = setTimeout(endIt, capMs);
      } else if (note === undefined) Object.assign(run, rest);
      else run.notes.push(note);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      running.delete(child);
      run.endedByItself = code === 0;
      // A client may bring its whole process down; that is a result too, if there is word of what it did.
      if (run.result === undefined && !run.capped)
        reject(new Error(`${job.client} ended with ${code} during ${job.task}.\n${complaint.trim()}`));
      else resolve(run);
    });
  });
}

/** @param {NodeJS.ProcessEnv} environment */
function withoutProxies(environment) {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(?:https?|all|no)_proxy$/i.test(name)));
}

/** What a process that is about to be ended has used, where the system tells. @param {number | undefined} pid */
function peakRssOf(pid) {
  try {
    const [, kibibytes] = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
  } catch {
    return undefined;
  }
}
