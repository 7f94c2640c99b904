import { costOf } from '../../src/cost/cost-of.ts';
import { decimal, toText, zero } from '../../src/cost/decimal.ts';
import { judgeCost } from './judge-cost.ts';
import type { Verdict } from './judge-cost.ts';
import { listedModel } from './recorded-cost.ts';
import type { ListedModel, RecordedCost } from './recorded-cost.ts';

interface Judged {
  readonly record: RecordedCost;
  readonly model: ListedModel | undefined;
  readonly verdict: Verdict;
}

/**
 * Writes down, in Markdown, what became of comparing recorded costs with listed prices.
 *
 * @param records - the recorded costs
 * @param models - the catalogue
 * @param listedOn - the day of the catalogue
 * @returns the sections of the page that are made of data
 */
export function costTable(records: readonly RecordedCost[], models: readonly ListedModel[], listedOn: string): string {
  const all = records.map((record) => ({
    record,
    model: listedModel(models, record),
    verdict: judgeCost(record, models, records),
  }));
  const exact = all.filter(({ verdict }) => verdict.type === 'exact');
  const missing = all.filter(({ verdict }) => verdict.type === 'not listed');
  const others = all.filter((each) => !exact.includes(each) && !missing.includes(each));
  const unproved = others.filter(({ verdict }) => verdict.type === 'unproved');
  return [
    `Recorded since March 2026: ${all.length} answers that tell their cost. Prices: those of ${listedOn}.`,
    table(
      ['answers', 'count'],
      [
        ['of a model that is in the price list', String(all.length - missing.length)],
        ['whose cost the listed prices make, to the last digit', `**${exact.length}**`],
        ['whose cost they do not make, and the record itself proves why', `**${others.length - unproved.length}**`],
        ['whose cost they do not make, and nobody knows why', `**${unproved.length}**`],
        [
          'of a model that is not in the list, or of an endpoint that is not priced by the token',
          String(missing.length),
        ],
      ],
    ),
    '### Where the listed prices make another cost',
    table(
      ['record', 'day', 'model', 'provider', 'charged', 'listed', 'why', 'proof'],
      others.map(({ record, model, verdict }) => [
        `\`${record.id}\``,
        record.recorded_at.slice(0, 10),
        model?.id ?? '',
        record.provider,
        amount(record.usage.cost),
        model === undefined ? '' : listedCost(record, model),
        verdict.type,
        verdict.proof,
      ]),
    ),
    '### Where they make the same cost',
    table(['model', 'count', 'records'], byModel(exact)),
    '### What is not in the list',
    table(['model', 'count', 'records'], byModel(missing)),
  ].join('\n\n');
}

function byModel(judged: readonly Judged[]): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const { record, model } of judged) {
    const name = model?.id ?? (record.answered || record.endpoint);
    groups.set(name, [...(groups.get(name) ?? []), `\`${record.id}\``]);
  }
  const rows = [...groups].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return rows.map(([name, ids]) => [name, String(ids.length), ids.join(' ')]);
}

function listedCost({ usage, recorded_at: at }: RecordedCost, { pricing }: ListedModel): string {
  const cost = costOf(usage, pricing, { atEpochMs: Date.parse(at) });
  return cost.type === 'known' ? toText(cost.usd) : 'unknown';
}

function amount(cost: number | null | undefined): string {
  return toText(decimal(cost ?? 0) ?? zero);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
