import { runInChild } from './child.mjs';
import { median, rotated } from './statistics.mjs';

/** What a Node program that makes its own calls imports: the time that no client on `node:https` can go below. */
const BUILT_IN = { id: 'floor', packages: ['node:https'] };

/**
 * How long the import of each client takes in a fresh process, as a program feels it: wall time in milliseconds, median of the rounds.
 * @param {readonly import('./clients/index.mjs').Candidate[]} clients
 * @param {number} rounds
 * @returns {Promise<Record<string, number>>}
 */
export async function measureImports(clients, rounds) {
  const candidates = clients
    .map((client) => (client.id === BUILT_IN.id ? BUILT_IN : client))
    .filter(({ packages }) => packages.length > 0);
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(candidates.map(({ id }) => [id, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const { id, packages } of rotated(candidates, round)) {
      const { importMs } = await runInChild('import-worker.mjs', { specifiers: packages });
      times[id].push(importMs);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([id, values]) => [id, median(values)]));
}
