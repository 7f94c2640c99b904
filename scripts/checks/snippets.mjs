import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { report } from '../lib/report.mjs';
import { root } from '../lib/root.mjs';

// Each TypeScript block in the documentation is code that is compiled and run: it names its source after the language, as in
// ```ts examples/errors.ts#verdict
// and repeats it to the letter. A name after # is a `// #region` of the file; without one it is the whole file.
// Usage: node scripts/checks/snippets.mjs [--write]
const write = process.argv.includes('--write');
const block = /^(```(?:ts|typescript|tsx|js|javascript|mjs)\b([^\n]*)\n)([\s\S]*?)(^```[^\S\n]*)$/gm;

report(documents().flatMap(checkDocument));

/** The Markdown that people read: at the root, of the packages, of the examples, and below docs (but for what typedoc makes). */
function documents() {
  const folders = [
    '.',
    '.github',
    'examples',
    'packages/openrouter-ts',
    'packages/openrouter-chat',
    'docs',
    'docs/decisions',
  ];
  return folders
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) => readdirSync(path.join(root, folder)).map((file) => path.posix.join(folder, file)))
    .filter((file) => file.endsWith('.md'));
}

function checkDocument(document) {
  const text = readFileSync(path.join(root, document), 'utf8');
  const problems = [];
  const updated = text.replaceAll(block, (whole, opening, info, code, closing, at) => {
    const place = `${document}:${text.slice(0, at).split('\n').length}`;
    const name = info.trim();
    const source = readSource(name);
    if (source === undefined) {
      problems.push(`${place}: ${name === '' ? 'it names no source, such as examples/ask.ts' : `there is no ${name}`}`);
      return whole;
    }
    if (source !== code && !write) {
      problems.push(`${place}: it differs from ${name}; node scripts/checks/snippets.mjs --write copies that`);
    }
    return `${opening}${source}${closing}`;
  });
  if (write && updated !== text) writeFileSync(path.join(root, document), updated);
  return problems;
}

/** The code that a block is to repeat, or undefined when there is no such file in examples/, or no such region in it. */
function readSource(name) {
  const [, file, region] = /^(examples\/[\w./-]+)(?:#([\w-]+))?$/.exec(name) ?? [];
  if (file === undefined || !existsSync(path.join(root, file))) return undefined;
  const lines = readFileSync(path.join(root, file), 'utf8').trimEnd().split('\n');
  if (region === undefined) return `${lines.filter((line) => !/^\s*\/\/ #(?:end)?region\b/.test(line)).join('\n')}\n`;
  const start = lines.findIndex((line) => line.trim() === `// #region ${region}`);
  const length = lines.slice(start + 1).findIndex((line) => line.trim() === '// #endregion');
  if (start === -1 || length === -1) return undefined;
  const body = lines.slice(start + 1, start + 1 + length);
  const indent = Math.min(...body.filter((line) => line !== '').map((line) => line.search(/\S/)));
  return `${body.map((line) => line.slice(indent)).join('\n')}\n`;
}
