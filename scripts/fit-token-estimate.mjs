import './lib/require-node.mjs';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { importTypeScript } from './lib/import-typescript.mjs';
import { root } from './lib/root.mjs';

// Usage: node scripts/fit-token-estimate.mjs <folder>, or with the folder in RECORDINGS
// Fits the coefficients of the token estimate to recorded requests, which the folder has as traffic-core.jsonl. Writes them to
// src/cost/family-coefficients.ts, the errors to docs/cost.md, and a sample to the fixtures of tests/conformance/token-estimates.test.ts.
const [folder = process.env['RECORDINGS']] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Usage: node scripts/fit-token-estimate.mjs <folder with traffic-core.jsonl>');
  process.exit(2);
}

const library = path.join(root, 'packages/openrouter-ts');
const support = (name) => importTypeScript(path.join(library, 'tests/support', name));
const { recordedPromptsIn } = await support('recorded-prompt.ts');
const { fitCoefficients, specimenOf } = await support('fit-token-estimate.ts');
const { estimateTable, estimationErrors } = await support('estimate-table.ts');

/** Puts text between two markers of a file. */
function fill(file, start, end, text) {
  const [before, rest = ''] = readFileSync(file, 'utf8').split(start);
  const after = rest.slice(rest.indexOf(end));
  writeFileSync(file, `${before}${start}\n${text}\n${after}`);
}

const prompts = recordedPromptsIn(readFileSync(path.join(folder, 'traffic-core.jsonl'), 'utf8'));
const coefficients = Object.entries(fitCoefficients(prompts.map(specimenOf)));
const rows = coefficients.map(([family, { perRequest, perMessage, withTools, perToolToken }]) => {
  const name = family.includes('-') ? `'${family}'` : family;
  const numbers = `perRequest: ${perRequest}, perMessage: ${perMessage}, withTools: ${withTools}`;
  return `  ${name}: { ${numbers}, perToolToken: ${perToolToken} },`;
});
fill(path.join(library, 'src/cost/family-coefficients.ts'), '  // fitted', '  // end of fitted', rows.join('\n'));

const table = estimateTable(estimationErrors(prompts));
fill(path.join(root, 'docs/cost.md'), '<!-- estimates -->', '<!-- end of estimates -->', `\n${table}\n`);

// One of each family, with and without tools: short ones, so that the fixture stays small.
const sample = new Map();
for (const prompt of prompts.toSorted((left, right) => size(left) - size(right))) {
  const { family, features } = specimenOf(prompt);
  const kind = `${family} ${features.tools > 0}`;
  if (!sample.has(kind)) sample.set(kind, prompt);
}
function size({ request }) {
  return JSON.stringify(request).length;
}
const kept = prompts.filter((prompt) => [...sample.values()].includes(prompt));
const lines = kept.map(({ usage, request, ...rest }) => {
  const { messages, tools, response_format, reasoning, reasoning_effort } = request;
  const read = { messages, tools, response_format, reasoning, reasoning_effort };
  return `${JSON.stringify({ ...rest, request: read, usage: { prompt_tokens: usage.prompt_tokens } })}\n`;
});
writeFileSync(path.join(library, 'tests/conformance/fixtures/recorded-prompts.jsonl'), lines.join(''));
console.error(`${prompts.length} recorded prompts; ${kept.length} of them are in the fixture.`);
