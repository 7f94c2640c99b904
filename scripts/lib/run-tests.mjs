import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';
import { run, tool } from './run.mjs';

/**
 * Runs vitest and counts its tests.
 * @param {readonly string[]} args - further arguments of `vitest run`
 * @param {{ echo?: boolean }} [options] - `echo` shows vitest's output as it comes
 * @returns {Promise<{ ok: boolean, passed: number, failed: number, skipped: number, output: string }>} the counts, and `ok`: vitest's own
 * verdict, which is also false when a coverage threshold is missed or when there was nothing to run
 */
export async function runTests(args, { echo = false } = {}) {
  const cache = path.join(root, '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'tests-'));
  const countsFile = path.join(folder, 'counts.json');
  const reporters = ['--reporter=default', `--reporter=${path.join(root, 'scripts/lib/count-reporter.mjs')}`];
  try {
    const env = { ...process.env, TEST_COUNTS_FILE: countsFile };
    const color = echo && process.stdout.isTTY ? [] : ['--no-color'];
    const { ok, output } = await run([...tool('vitest'), 'run', ...color, ...reporters, ...args], { env, echo });
    return { ok, output, ...readCounts(countsFile) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readCounts(file) {
  try {
    const { passed, failed, skipped, pending } = JSON.parse(readFileSync(file, 'utf8'));
    return { passed, failed, skipped: skipped + pending };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
