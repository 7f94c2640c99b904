import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './root.mjs';

const runningProcesses = new Set();

/** A step that hangs is a step that failed. */
const timeoutMs = 15 * 60_000;

/**
 * Runs a program to its end and keeps what it printed, in the order in which it came.
 * @param {readonly string[]} command - the program and its arguments; no shell is involved
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, echo?: boolean }} [options] - `echo` shows the output as it comes
 * @returns {Promise<{ ok: boolean, output: string }>} whether it exited with 0, and its output
 */
export function run([program, ...args], { cwd = root, env = process.env, echo = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: echo ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    runningProcesses.add(child);
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => chunks.push(Buffer.from(`${error.message}\n`)));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      runningProcesses.delete(child);
      if (signal !== null) chunks.push(Buffer.from(`\nEnded by ${signal}.\n`));
      resolve({ ok: code === 0, output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}

/** Ends what {@link run} started and has not ended, when this process is told to end. */
export function endWithItsChildren() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      for (const child of runningProcesses) child.kill('SIGTERM');
      process.exit(130);
    });
  }
}

/**
 * The command line of an installed tool, which needs neither a shell nor PATH.
 * @param {string} packageName - the npm package
 * @param {string} [binName] - which of its programs; without it, the one named as the package
 * @returns {readonly string[]} node and the path of the tool's script
 */
export function tool(packageName, binName = packageName.replace(/^@.*\//, '')) {
  const manifestPath = path.join(root, 'node_modules', packageName, 'package.json');
  const { bin } = createRequire(import.meta.url)(manifestPath);
  const script = typeof bin === 'string' ? bin : bin[binName];
  return [process.execPath, path.join(path.dirname(manifestPath), script)];
}
