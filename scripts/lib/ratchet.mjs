import { readFileSync } from 'node:fs';

/** The budgets of ratchet.json: what is measured may shrink freely, and grows only by an edit of that file. */
export const ratchet = JSON.parse(readFileSync(new URL('../ratchet.json', import.meta.url), 'utf8'));
