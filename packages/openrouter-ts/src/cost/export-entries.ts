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
  const rows = entries.map(row);
  if (format === 'jsonl') return rows.map((each) => `${JSON.stringify(each)}\n`).join('');
  const names = Object.keys(row(emptyEntry));
  return [names, ...rows.map((each) => Object.values(each))].map((cells) => `${cells.map(cell).join(',')}\n`).join('');
}

const emptyEntry: CostEntry = {
  number: 0,
  at: 0,
  model: undefined,
  provider: undefined,
  tag: undefined,
  session: undefined,
  generationId: undefined,
  usage: undefined,
  usd: undefined,
  unknown: undefined,
};

function row({ at, usage, usd, ...entry }: CostEntry): Readonly<Record<string, Value>> {
  return {
    number: entry.number,
    at: new Date(at).toISOString(),
    model: entry.model,
    provider: entry.provider,
    tag: entry.tag,
    session: entry.session,
    generation_id: entry.generationId,
    prompt_tokens: usage?.prompt_tokens,
    completion_tokens: usage?.completion_tokens,
    usd: usd === undefined ? undefined : toText(usd),
    unknown: entry.unknown,
  };
}

/** A spreadsheet takes a text that begins like a formula for one. */
function cell(value: Value): string {
  const text = String(value ?? '');
  const harmless = typeof value === 'string' && /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
