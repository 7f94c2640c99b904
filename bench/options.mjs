import { parseArgs } from 'node:util';
import { BASELINE, CLIENTS, OURS } from './clients/index.mjs';
import { WORKLOADS } from './workloads.mjs';

/** What is measured besides the workloads. */
const WEIGHTS = ['import', 'bundle', 'installed'];

export const USAGE = `node bench/run.mjs [options]

  --rounds N          rounds of each workload; the tables give medians (default: 7, with --quick 2)
  --only a,b          only these: ${[...WORKLOADS.map(({ id }) => id), ...WEIGHTS].join(', ')}
  --clients a,b       only these: ${CLIENTS.map(({ id }) => id).join(', ')}
  --quick             a quarter of the work, to see whether it runs; not for publishing
  --check             exit with 1 when openrouter-ts costs more than its ceilings
  --write             write docs/benchmarks.md (needs everything: no --only, --clients or --quick)
`;

/**
 * @typedef {object} Options
 * @property {number} rounds
 * @property {ReadonlySet<string>} only ids of workloads and weights
 * @property {ReadonlySet<string>} clients ids
 * @property {boolean} quick
 * @property {boolean} check
 * @property {boolean} write
 * @property {boolean} help
 */

/**
 * @param {string} name
 * @param {string | undefined} value
 * @param {readonly string[]} known
 * @returns {ReadonlySet<string>}
 */
function chosen(name, value, known) {
  if (value === undefined) return new Set(known);
  const ids = value.split(',').map((id) => id.trim());
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length > 0)
    throw new Error(`--${name} does not know ${unknown.join(', ')}. It knows ${known.join(', ')}.`);
  return new Set(ids);
}

/**
 * @param {readonly string[]} args
 * @returns {Options}
 */
export function readOptions(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string' },
      only: { type: 'string' },
      clients: { type: 'string' },
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { quick, check, write, help } = values;
  const rounds = Number(values.rounds ?? (quick ? 2 : 7));
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds takes a whole number from 1, not ${values.rounds}.`);
  if (write && (quick || values.only || values.clients))
    throw new Error('--write publishes a whole run: leave out --quick, --only and --clients.');
  const workloads = WORKLOADS.map(({ id }) => id);
  const candidates = CLIENTS.map(({ id }) => id);
  const only = chosen('only', values.only, [...workloads, ...WEIGHTS]);
  const clients = chosen('clients', values.clients, candidates);
  if (check && !(clients.has(BASELINE) && clients.has(OURS)))
    throw new Error(`--check compares ${OURS} with ${BASELINE}: --clients needs both.`);
  return {
    rounds,
    only,
    clients,
    quick,
    check,
    write,
    help,
  };
}
