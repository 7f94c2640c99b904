/**
 * How time and memory grow when the work grows tenfold: `node bench/growth.mjs [--client openrouter-ts]`. It reports and asserts nothing.
 */
import { parseArgs } from 'node:util';
import { runInChild, startServer } from './child.mjs';
import { CLIENTS, OURS } from './clients/index.mjs';
import { installPeers, whyOursIsMissing } from './peers.mjs';
import { table } from './table.mjs';

/** @typedef {import('./workloads.mjs').Workload} Workload */

/** @type {readonly { title: string, small: Workload, large: Workload }[]} */
const EXPERIMENTS = [
  {
    title: 'chunks of a stream, one write each: 20,000 → 200,000',
    small: { id: 'chunks', title: '', kind: 'stream', calls: 1, lanes: 1, chunks: 20_000, perWrite: 1 },
    large: { id: 'chunks', title: '', kind: 'stream', calls: 1, lanes: 1, chunks: 200_000, perWrite: 1 },
  },
  {
    title: "bytes of a tool call's arguments, one a chunk: 100 kB → 1 MB",
    small: { id: 'arguments', title: '', kind: 'tool-arguments', calls: 1, lanes: 1, chunks: 100_000, perWrite: 40 },
    large: { id: 'arguments', title: '', kind: 'tool-arguments', calls: 1, lanes: 1, chunks: 1_000_000, perWrite: 40 },
  },
  {
    title: 'streams of 100 chunks at once: 100 → 1,000',
    small: { id: 'streams', title: '', kind: 'stream', calls: 100, lanes: 100, chunks: 100, perWrite: 1 },
    large: { id: 'streams', title: '', kind: 'stream', calls: 1_000, lanes: 1_000, chunks: 100, perWrite: 1 },
  },
  {
    title: 'calls of a session, one after another: 1,000 → 10,000',
    small: { id: 'session', title: '', kind: 'ask', calls: 1_000, lanes: 1 },
    large: { id: 'session', title: '', kind: 'ask', calls: 10_000, lanes: 1 },
  },
];

/**
 * @param {string} client
 * @returns {Promise<string[][]>}
 */
async function measure(client) {
  const { origin, stop } = await startServer();
  try {
    const rows = [];
    for (const { title, small, large } of EXPERIMENTS) {
      console.error(title);
      const result = await runInChild('growth-worker.mjs', { client, small, large, origin });
      const both = (pick, digits) => `${pick(result.small).toFixed(digits)} → ${pick(result.large).toFixed(digits)}`;
      rows.push([
        title,
        both(({ cpuMs }) => cpuMs / 1000, 2),
        `× ${(result.large.cpuMs / result.small.cpuMs).toFixed(1)}`,
        both(({ wallMs }) => wallMs / 1000, 2),
        both(({ heapMb }) => heapMb, 1),
        both(({ peakRssMb }) => peakRssMb, 0),
      ]);
    }
    return rows;
  } finally {
    stop();
  }
}

async function main() {
  const { client = OURS } = parseArgs({ options: { client: { type: 'string' } } }).values;
  if (!CLIENTS.some(({ id }) => id === client))
    throw new Error(`There is no client ${client}. There are ${CLIENTS.map(({ id }) => id).join(', ')}.`);
  const missing = client === OURS ? whyOursIsMissing() : undefined;
  if (missing) throw new Error(missing);
  installPeers();
  const rows = await measure(client);
  console.log(
    table(
      [
        `${client}: what grows tenfold`,
        'CPU, s',
        'growth of CPU',
        'wall, s',
        'heap after, MB',
        'peak of memory so far, MB',
      ],
      rows,
    ),
  );
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
