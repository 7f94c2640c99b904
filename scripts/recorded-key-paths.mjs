import './lib/require-node.mjs';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { importTypeScript } from './lib/import-typescript.mjs';
import { root } from './lib/root.mjs';

// Usage: node scripts/recorded-key-paths.mjs <recordings.jsonl>
// Counts which keys recorded chat answers have, for tests/conformance/simulator-keys.test.ts; of the answers themselves nothing is kept.
const tests = path.join(root, 'packages/openrouter-ts/tests');
const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Usage: node scripts/recorded-key-paths.mjs <recordings.jsonl>');
  process.exit(2);
}

const { summarize } = await importTypeScript(path.join(tests, 'support/key-paths.ts'));
const lines = readFileSync(file, 'utf8').trim().split('\n');
const summary = summarize(lines.map((line) => JSON.parse(line)));

const kinds = Object.entries(summary).map(([kind, { specimens, paths }]) => {
  const entries = Object.entries(paths).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const rows = entries.map(([each, counts]) => `      ${JSON.stringify(each)}: ${JSON.stringify(counts)}`);
  return `  "${kind}": {\n    "specimens": ${JSON.stringify(specimens)},\n    "paths": {\n${rows.join(',\n')}\n    }\n  }`;
});
writeFileSync(path.join(tests, 'conformance/fixtures/recorded-key-paths.json'), `{\n${kinds.join(',\n')}\n}\n`);
