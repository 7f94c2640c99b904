/**
 * A measured process, to be forked with `--expose-gc`: it does half of one client's work to warm up and then all of
 * it for the measurement, and sends what that cost.
 */
import { loadClient } from './clients/index.mjs';
import { FACTS } from './traffic.mjs';
import { baseURLOf, partOf, perform } from './workloads.mjs';

/**
 * Whether a value occurs anywhere in what a client handed over.
 * @param {unknown} holder
 * @param {unknown} value
 * @returns {boolean}
 */
function holds(holder, value) {
  if (holder === value) return true;
  if (typeof holder !== 'object' || holder === null) return false;
  return Object.values(holder).some((part) => holds(part, value));
}

const { client: id, workload, origin } = JSON.parse(process.argv[2]);
const open = await loadClient(id);
const client = await open({ apiKey: 'sk-or-v1-benchmark', baseURL: baseURLOf(workload, origin) });

await perform(partOf(workload, 0.5), client);
globalThis.gc?.();

const startedAt = performance.now();
const before = process.cpuUsage();
const kept = await perform(workload, client);
const { user, system } = process.cpuUsage(before);
const wallMs = performance.now() - startedAt;

const keptFacts = Object.keys(FACTS).filter((name) => holds(kept, FACTS[name]));
process.send?.({ cpuMs: (user + system) / 1000, wallMs, keptFacts }, () => process.exit(0));
