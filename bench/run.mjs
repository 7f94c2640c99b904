/**
 * Runs the benchmarks: `npm run bench`, or `node bench/run.mjs --help` for its options.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { exceededCeilings } from './ceilings.mjs';
import { CLIENTS, OURS } from './clients/index.mjs';
import { describeMachine } from './machine.mjs';
import { USAGE, readOptions } from './options.mjs';
import { installPeers, packageVersions, whyOursIsMissing } from './peers.mjs';
import { WORKLOADS, partOf } from './workloads.mjs';

/**
 * @typedef {object} Results
 * @property {string} measuredAt ISO 8601
 * @property {number} rounds
 * @property {boolean} quick
 * @property {ReturnType<typeof describeMachine>} machine
 * @property {Record<string, string>} versions
 * @property {readonly string[]} clients ids
 * @property {import('./measure.mjs').Costs} [costs]
 * @property {Record<string, number>} [imports] milliseconds
 * @property {Record<string, import('./bundle-size.mjs').BundleSizes>} [bundles]
 * @property {Record<string, import('./installed-size.mjs').InstalledSize>} [installed]
 */

/** An import is short and noisy, so it is measured more often than the workloads. */
const IMPORT_ROUNDS = 15;

/** @param {string} line */
function note(line) {
  console.error(line);
}

/**
 * @param {import('./options.mjs').Options} options
 * @returns {Promise<Results>}
 */
async function measure({ rounds, only, clients: chosen, quick }) {
  const missing = chosen.has(OURS) ? whyOursIsMissing() : undefined;
  if (missing) note(missing);
  const clients = CLIENTS.filter(({ id }) => chosen.has(id) && !(id === OURS && missing));
  const workloads = WORKLOADS.filter(({ id }) => only.has(id)).map((workload) =>
    quick ? partOf(workload, 0.25) : workload,
  );

  /** @type {Results} */
  const results = {
    measuredAt: new Date().toISOString(),
    rounds,
    quick,
    machine: describeMachine(),
    versions: packageVersions(),
    clients: clients.map(({ id }) => id),
  };
  // What is quick comes first. Modules are imported when needed: what they import may have to be installed first.
  if (only.has('installed')) {
    note('installed');
    const { measureInstalledSizes } = await import('./installed-size.mjs');
    results.installed = measureInstalledSizes(clients);
  }
  if (only.has('bundle')) {
    note('bundle');
    const { measureBundles } = await import('./bundle-size.mjs');
    results.bundles = await measureBundles(clients);
  }
  if (only.has('import')) {
    note('import');
    const { measureImports } = await import('./import-time.mjs');
    results.imports = await measureImports(clients, quick ? 5 : IMPORT_ROUNDS);
  }
  if (workloads.length > 0) {
    const { measureCosts } = await import('./measure.mjs');
    results.costs = await measureCosts(workloads, clients, rounds, note);
  }
  return results;
}

/**
 * @param {Results} results
 * @param {boolean} publish
 */
async function save(results, publish) {
  const { renderTables } = await import('./table.mjs');
  const tables = renderTables(results);
  mkdirSync(new URL('results/', import.meta.url), { recursive: true });
  writeFileSync(new URL('results/latest.json', import.meta.url), `${JSON.stringify(results, undefined, 2)}\n`);
  writeFileSync(new URL('results/latest.md', import.meta.url), `${tables}\n`);
  if (publish) {
    const { renderPage } = await import('./page.mjs');
    writeFileSync(new URL('../docs/benchmarks.md', import.meta.url), renderPage(results));
  }
  console.log(tables);
}

async function main() {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return;
  }
  installPeers();
  const results = await measure(options);
  if (options.write && !results.clients.includes(OURS))
    throw new Error('A run without openrouter-ts is not published: build it first.');
  await save(results, options.write);
  if (!options.check) return;
  const exceeded = exceededCeilings(results);
  for (const line of exceeded) note(line);
  note(exceeded.length > 0 ? 'openrouter-ts is above its ceilings.' : 'openrouter-ts is within its ceilings.');
  process.exitCode = exceeded.length > 0 ? 1 : 0;
}

try {
  await main();
} catch (error) {
  note(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
