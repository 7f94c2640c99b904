import { runInChild, startServer } from './child.mjs';
import { BASELINE } from './clients/index.mjs';
import { median, rotated } from './statistics.mjs';
import { unitsOf } from './workloads.mjs';

/**
 * @typedef {object} Cost
 * @property {number} microseconds CPU time of the client's process for one unit (a call or a chunk), median of the rounds
 * @property {number} [ratio] that of bare fetch in the same round being 1, median of the rounds
 * @property {readonly string[]} keptFacts what of an answer reached the caller besides its text
 */

/** @typedef {Record<string, Record<string, Cost>>} Costs by workload, by client */

/**
 * Measures the clients on the workloads: each measurement in a fresh process, the clients taking turns within a round.
 * @param {readonly import('./workloads.mjs').Workload[]} workloads
 * @param {readonly import('./clients/index.mjs').Candidate[]} clients
 * @param {number} rounds
 * @param {(progress: string) => void} onProgress
 * @returns {Promise<Costs>}
 */
export async function measureCosts(workloads, clients, rounds, onProgress) {
  const { origin, stop } = await startServer();
  try {
    /** @type {Costs} */
    const costs = {};
    for (const workload of workloads) {
      const measured = [];
      for (let round = 0; round < rounds; round += 1) {
        onProgress(`${workload.id}: round ${round + 1} of ${rounds}`);
        measured.push(await measureRound(workload, rotated(clients, round), origin));
      }
      costs[workload.id] = summary(workload, clients, measured);
    }
    return costs;
  } finally {
    stop();
  }
}

/**
 * @param {import('./workloads.mjs').Workload} workload
 * @param {readonly import('./clients/index.mjs').Candidate[]} clients
 * @param {string} origin
 * @returns {Promise<Record<string, { cpuMs: number, keptFacts: string[] }>>}
 */
async function measureRound(workload, clients, origin) {
  /** @type {Record<string, { cpuMs: number, keptFacts: string[] }>} */
  const round = {};
  for (const { id } of clients) round[id] = await runInChild('worker.mjs', { client: id, workload, origin });
  return round;
}

/**
 * @param {import('./workloads.mjs').Workload} workload
 * @param {readonly import('./clients/index.mjs').Candidate[]} clients
 * @param {readonly Record<string, { cpuMs: number, keptFacts: string[] }>[]} rounds
 * @returns {Record<string, Cost>}
 */
function summary(workload, clients, rounds) {
  const hasBaseline = clients.some(({ id }) => id === BASELINE);
  return Object.fromEntries(
    clients.map(({ id }) => {
      const microseconds = median(rounds.map((round) => (round[id].cpuMs * 1000) / unitsOf(workload)));
      const ratio = hasBaseline ? median(rounds.map((round) => round[id].cpuMs / round[BASELINE].cpuMs)) : undefined;
      return [id, { microseconds, ratio, keptFacts: rounds[0][id].keptFacts }];
    }),
  );
}
