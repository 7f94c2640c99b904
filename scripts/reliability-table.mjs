import './lib/require-node.mjs';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { collectFaults } from './lib/collect-faults.mjs';
import { page, withTable } from './lib/reliability-table.mjs';
import { root } from './lib/root.mjs';

// Writes the table of docs/reliability.md from what the tests say of themselves.
const file = path.join(root, page);
writeFileSync(file, withTable(readFileSync(file, 'utf8'), await collectFaults()));
