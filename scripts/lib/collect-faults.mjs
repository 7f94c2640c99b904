import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';

const folder = 'packages/openrouter-ts/tests/faults';

/**
 * Asks the tests of faults what they are about, without running them.
 * @returns {Promise<readonly Fault[]>} one element a fault and result, in the order of the ids; cases of one fault are one element
 * @throws {Error} when a test file does not load
 *
 * @typedef {object} Fault
 * @property {string} id - `F01` and so on
 * @property {string} title - what goes wrong
 * @property {string} result - what the client does
 * @property {'no' | 'once' | 'yes'} [retry] - whether it tries again
 * @property {string} [bill] - what the attempt may have cost
 * @property {string} [file] - the test file, from the root
 * @property {string} [reason] - why there is no test, where only a person can bring the fault about
 */
export async function collectFaults() {
  const { createVitest } = await import('vitest/node');
  const include = [`${folder}/**/*.test.ts`];
  const vitest = await createVitest('test', { root, include, exclude: [], watch: false, reporters: [] });
  try {
    const { testModules, unhandledErrors } = await vitest.collect();
    const errors = [...unhandledErrors, ...testModules.flatMap((module) => module.errors())];
    if (errors.length > 0) throw new Error(`The tests of faults cannot be read: ${errors[0].message}`);
    const faults = new Map();
    for (const module of testModules) {
      const file = path.relative(root, module.moduleId).split(path.sep).join('/');
      for (const test of module.children.allTests()) add(faults, test.meta().fault, file);
    }
    for (const each of JSON.parse(readFileSync(path.join(root, folder, 'by-hand.json'), 'utf8'))) add(faults, each);
    return [...faults.values()].toSorted(byIdAndFile);
  } finally {
    await vitest.close();
  }
}

function add(faults, fault, file) {
  if (fault === undefined) return;
  const { id, title, result, retry, bill, reason } = fault;
  faults.set([id, title, result, retry, bill, file].join('|'), { id, title, result, retry, bill, reason, file });
}

/** Within a file the order is that of its tests; that of the files may change from run to run. */
function byIdAndFile(a, b) {
  return a.id.localeCompare(b.id, 'en', { numeric: true }) || (a.file ?? '').localeCompare(b.file ?? '', 'en');
}
