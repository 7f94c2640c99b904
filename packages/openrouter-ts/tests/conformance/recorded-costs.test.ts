import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { costTable } from '../support/cost-table.ts';
import { judgeCost } from '../support/judge-cost.ts';
import { recordedCostsIn } from '../support/recorded-cost.ts';
import type { ListedModel, RecordedCost } from '../support/recorded-cost.ts';

const fixtures = new URL('fixtures/', import.meta.url);
/** All recordings and the whole price list, which lie beside the checkout where there are any. */
const recordings = new URL('../../../../../shared/data/', import.meta.url);
const page = new URL('../../../../docs/cost.md', import.meta.url);

function read(name: string, folder: URL): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

function lines(text: string): readonly unknown[] {
  return text
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

const sources = [
  {
    name: 'the sample',
    folder: fixtures,
    records: () => lines(read('recorded-costs.jsonl', fixtures)) as readonly RecordedCost[],
    models: () => lines(read('listed-prices.jsonl', fixtures)) as readonly ListedModel[],
    expected: { exact: 31 },
  },
  {
    name: 'all recordings, where there are any beside the checkout',
    folder: recordings,
    records: () => recordedCostsIn(read('traffic-core.jsonl', recordings)),
    models: () => JSON.parse(read('models-2026-08-15.json', recordings)).data as readonly ListedModel[],
    expected: { exact: 65, 'not listed': 27 },
  },
];

describe.each(sources)('recorded costs: $name', ({ folder, expected, ...source }) => {
  describe.skipIf(!existsSync(folder))('against the listed prices', () => {
    it('are what these make of the tokens, to the last digit, or differ for a reason that the record proves', () => {
      const [records, models] = [source.records(), source.models()];
      const counts: Record<string, number> = {};
      for (const record of records) {
        const { type } = judgeCost(record, models, records);
        counts[type] = (counts[type] ?? 0) + 1;
      }
      expect(counts).toEqual({
        ...expected,
        'other prices': 16,
        discount: 3,
        'request fee': 2,
        'own key': 1,
        tools: 1,
      });
    });

    it('would neither agree nor be explained if they were off by the smallest amount, and no key or tool to blame', () => {
      const [records, models] = [source.records(), source.models()];
      const unexplained = records
        .filter((record) => judgeCost(record, models, records).type !== 'not listed')
        .map((record) => {
          const cost = (record.usage.cost ?? 0) + 1e-13;
          const usage = { ...record.usage, cost, is_byok: false, server_tool_use_details: null };
          return judgeCost({ ...record, usage }, models, records).type;
        });
      expect(new Set(unexplained)).toEqual(new Set(['unproved']));
    });
  });
});

describe.skipIf(!existsSync(recordings))('docs/cost.md', () => {
  it('has the tables of the recordings, where there are any beside the checkout', () => {
    const models = JSON.parse(read('models-2026-08-15.json', recordings)).data as readonly ListedModel[];
    const records = recordedCostsIn(read('traffic-core.jsonl', recordings));
    expect(readFileSync(page, 'utf8')).toContain(costTable(records, models, '2026-08-15'));
  });
});
