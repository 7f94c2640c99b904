import type { CostEntry } from './cost-entry.ts';
import { toText } from './decimal.ts';

/** JSON, one object a line; or a table with commas. */
export type CostFormat = 'jsonl' | 'csv';

type Value = string | number | undefined;

/**
 * Writes entries down.
 *
 * @param entries - the entries
 * @param format - in which form
 * @returns the text, with a line break at its end; amounts are exact
 */
export function exportEntries(entries: readonly CostEntry[], format: CostFormat): string {
  if (format === 'jsonl') return entries.map((entry) => `${JSON.stringify(asObject(entry))}\n`).join('');
  const rows = [columns.map(([name]) => name), ...entries.map((entry) => columns.map(([, read]) => read(entry)))];
  return rows.map((cells) => `${cells.map(cell).join(',')}\n`).join('');
}

const columns: readonly (readonly [name: string, read: (entry: CostEntry) => Value])[] = [
  ['number', ({ number }) => number],
  ['at', ({ at }) => new Date(at).toISOString()],
  ['model', ({ model }) => model],
  ['provider', ({ provider }) => provider],
  ['tag', ({ tag }) => tag],
  ['session', ({ session }) => session],
  ['generation_id', ({ generationId }) => generationId],
  ['prompt_tokens', ({ usage }) => usage?.prompt_tokens],
  ['completion_tokens', ({ usage }) => usage?.completion_tokens],
  ['usd', ({ usd }) => usd && toText(usd)],
  ['unknown', ({ unknown }) => unknown],
];

function asObject(entry: CostEntry): Readonly<Record<string, Value>> {
  return Object.fromEntries(columns.map(([name, read]) => [name, read(entry)]));
}

/** A spreadsheet takes a text that begins like a formula for one. */
function cell(value: Value): string {
  const text = String(value ?? '');
  const harmless = typeof value === 'string' && /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
