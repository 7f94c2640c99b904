/**
 * Runs the same faults against openrouter-ts and against other clients: `npm run gates`, or `node bench/gates/run.mjs --help` for its options.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { describeMachine } from '../machine.mjs';
import { installPeers, packageVersions, whyOursIsMissing } from '../peers.mjs';
import { CLIENTS } from './clients/index.mjs';
import { USAGE, readOptions } from './options.mjs';
import { renderIntro, renderSection, withGates } from './page.mjs';

/**
 * @typedef {object} Results
 * @property {string} measuredAt ISO 8601
 * @property {number} seconds
 * @property {number} seed
 * @property {ReturnType<typeof describeMachine>} machine
 * @property {Record<string, string>} versions
 * @property {readonly { gate: import('./gate.mjs').Gate, measured: import('./gate.mjs').Measured }[]} sections
 */

const PAGE = new URL('../../docs/reliability.md', import.meta.url);

/**
 * @param {ReturnType<typeof readOptions>} options
 * @returns {Promise<Results>}
 */
async function measure({ only, clients: chosen, seed }) {
  // They import the library, which had to be built first.
  const { GATES } = await import('./gates.mjs');
  const { GateContext } = await import('./gate.mjs');
  const { checkGoodAnswers } = await import('./precheck.mjs');
  const clients = CLIENTS.filter(({ id }) => chosen.has(id));
  const ids = clients.map(({ id }) => id);
  const startedAt = performance.now();
  await checkGoodAnswers(clients);
  const sections = [];
  for (const gate of GATES.filter(({ id }) => only.has(id))) {
    const gateStartedAt = performance.now();
    const context = new GateContext(clients, seed);
    try {
      const section = { gate, measured: await gate.measure(context) };
      sections.push(section);
      console.log(`${renderSection(section, ids)}\n`);
    } finally {
      await context.close();
    }
    console.error(`${gate.id}: ${((performance.now() - gateStartedAt) / 1000).toFixed(1)} s`);
  }
  return {
    measuredAt: new Date().toISOString(),
    seconds: (performance.now() - startedAt) / 1000,
    seed,
    machine: describeMachine(),
    versions: packageVersions(),
    sections,
  };
}

/** @param {Results} results */
function publish(results) {
  const ids = CLIENTS.map(({ id }) => id);
  const text = [renderIntro(results), ...results.sections.map((section) => renderSection(section, ids))].join('\n\n');
  writeFileSync(PAGE, withGates(readFileSync(PAGE, 'utf8'), text));
}

async function main() {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return;
  }
  installPeers();
  ensureBuilt();
  const missing = whyOursIsMissing();
  if (missing) throw new Error(missing);
  const results = await measure(options);
  const failures = results.sections.flatMap(({ gate, measured }) =>
    measured.failures.map((text) => `${gate.id}: ${text}`),
  );
  for (const line of failures) console.error(line);
  if (options.write && failures.length === 0) publish(results);
  const words = failures.length > 0 ? 'openrouter-ts does not hold every gate.' : 'openrouter-ts holds every gate.';
  console.error(options.write && failures.length > 0 ? `${words} Nothing is written.` : words);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
