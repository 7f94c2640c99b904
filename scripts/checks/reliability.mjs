import { readFileSync } from 'node:fs';
import path from 'node:path';
import { collectFaults } from '../lib/collect-faults.mjs';
import { ids, page, withTable } from '../lib/reliability-table.mjs';
import { report } from '../lib/report.mjs';
import { root } from '../lib/root.mjs';

// Every fault has a test or a reason why it has none, and docs/reliability.md says of them what the tests say.
const faults = await collectFaults();
const known = new Set(faults.map(({ id }) => id));
const text = readFileSync(path.join(root, page), 'utf8');

report([
  ...ids
    .filter((id) => !known.has(id))
    .map((id) => `${id} has neither a test nor a place in tests/faults/by-hand.json`),
  ...[...known].filter((id) => !ids.includes(id)).map((id) => `${id} is none of the faults F01 to ${ids.at(-1)}`),
  ...(withTable(text, faults) === text
    ? []
    : [`${page} differs from the tests; node scripts/reliability-table.mjs writes it`]),
]);
