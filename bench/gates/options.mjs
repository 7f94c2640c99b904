import { parseArgs } from 'node:util';
import { CLIENTS } from './clients/index.mjs';

/** The ids of the gates: known without loading them, since they need the library to be built. */
export const IDS = [
  'cut-streams',
  'lies',
  'storm',
  'survival',
  'hints',
  'leaving',
  'stalls',
  'bombs',
  'redirect',
  'quiescence',
];

export const USAGE = `node bench/gates/run.mjs [options]

  --only a,b          only these: ${IDS.join(', ')}
  --clients a,b       only these: ${CLIENTS.map(({ id }) => id).join(', ')}
  --seed N            where chance comes from (default: 1)
  --write             write the tables into docs/reliability.md (needs everything: no --only or --clients)

Ends with 1 when openrouter-ts does not hold a gate.
`;

/**
 * @param {string} name
 * @param {string | undefined} value
 * @param {readonly string[]} known
 */
function chosen(name, value, known) {
  if (value === undefined) return new Set(known);
  const ids = value.split(',').map((id) => id.trim());
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length > 0)
    throw new Error(`--${name} does not know ${unknown.join(', ')}. It knows ${known.join(', ')}.`);
  return new Set(ids);
}

/** @param {readonly string[]} args */
export function readOptions(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      clients: { type: 'string' },
      seed: { type: 'string', default: '1' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const seed = Number(values.seed);
  if (!Number.isInteger(seed)) throw new Error(`--seed takes a whole number, not ${values.seed}.`);
  if (values.write && (values.only || values.clients))
    throw new Error('--write publishes a whole run: leave out --only and --clients.');
  const clients = chosen(
    'clients',
    values.clients,
    CLIENTS.map(({ id }) => id),
  );
  return { only: chosen('only', values.only, IDS), clients, seed, write: values.write, help: values.help };
}
