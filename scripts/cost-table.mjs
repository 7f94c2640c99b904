import './lib/require-node.mjs';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { importTypeScript } from './lib/import-typescript.mjs';
import { root } from './lib/root.mjs';

// Usage: node scripts/cost-table.mjs <folder>, or with the folder in RECORDINGS
// Compares what recorded answers say they cost with what listed prices make of their tokens. The folder has the recordings as
// traffic-core.jsonl and an answer of GET /models as models-<day>.json. Writes the tables of docs/cost.md, and the fixtures of
// tests/conformance/recorded-costs.test.ts: every answer that differs, and one that does not for each model.
const [folder = process.env['RECORDINGS']] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Usage: node scripts/cost-table.mjs <folder with traffic-core.jsonl and models-<day>.json>');
  process.exit(2);
}

const tests = path.join(root, 'packages/openrouter-ts/tests');
const { recordedCostsIn, listedModel } = await importTypeScript(path.join(tests, 'support/recorded-cost.ts'));
const { judgeCost } = await importTypeScript(path.join(tests, 'support/judge-cost.ts'));
const { costTable } = await importTypeScript(path.join(tests, 'support/cost-table.ts'));

const list = readdirSync(folder).findLast((name) => /^models-\d{4}-\d\d-\d\d\.json$/.test(name));
if (list === undefined) throw new Error(`There is no models-<day>.json in ${folder}.`);
const models = JSON.parse(readFileSync(path.join(folder, list), 'utf8')).data;
const records = recordedCostsIn(readFileSync(path.join(folder, 'traffic-core.jsonl'), 'utf8'));

const page = path.join(root, 'docs/cost.md');
const tables = costTable(records, models, list.slice('models-'.length, -'.json'.length));
const [before, , after] = readFileSync(page, 'utf8').split(/(?<=<!-- tables -->\n)([\s\S]*)(?=<!-- end of tables -->)/);
writeFileSync(page, `${before}\n${tables}\n\n${after}`);

const seen = new Set();
const sample = records.filter((record) => {
  const { type } = judgeCost(record, models, records);
  const name = listedModel(models, record)?.id;
  const isNew = type === 'exact' && !seen.has(name);
  if (isNew) seen.add(name);
  return isNew || (type !== 'exact' && type !== 'not listed');
});
// What proves a price of the sample must be in it.
const proofs = sample.map((record) => judgeCost(record, models, records).proof).join(' ');
const kept = records.filter((record) => sample.includes(record) || proofs.includes(`\`${record.id}\``));
const prices = new Map(kept.map((record) => [listedModel(models, record).id, listedModel(models, record)]));
const slim = [...prices.values()].map(({ id, canonical_slug, pricing }) => ({ id, canonical_slug, pricing }));
const lines = (values) => values.map((value) => `${JSON.stringify(value)}\n`).join('');
writeFileSync(path.join(tests, 'conformance/fixtures/recorded-costs.jsonl'), lines(kept));
writeFileSync(path.join(tests, 'conformance/fixtures/listed-prices.jsonl'), lines(slim));
console.error(`${records.length} records are in docs/cost.md, ${kept.length} of them in the fixtures.`);
