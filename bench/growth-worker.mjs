/**
 * A measured process, to be forked with `--expose-gc`: it does an amount of work and then ten times as much, and sends
 * what time and memory each took.
 */
import { loadClient } from './clients/index.mjs';
import { baseURLOf, perform } from './workloads.mjs';

const { client: id, small, large, origin } = JSON.parse(process.argv[2]);
const open = await loadClient(id);
const client = await open({ apiKey: 'sk-or-v1-benchmark', baseURL: baseURLOf(small, origin) });

/** @param {import('./workloads.mjs').Workload} workload */
async function measured(workload) {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  await perform(workload, client);
  const { user, system } = process.cpuUsage(before);
  const wallMs = performance.now() - startedAt;
  globalThis.gc?.();
  return {
    cpuMs: (user + system) / 1000,
    wallMs,
    heapMb: process.memoryUsage().heapUsed / 1e6,
    peakRssMb: process.resourceUsage().maxRSS / 1000,
  };
}

await measured(small);
process.send?.({ small: await measured(small), large: await measured(large) }, () => process.exit(0));
