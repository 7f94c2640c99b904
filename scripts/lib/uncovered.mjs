import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';

/**
 * What no test ran in the last run with coverage.
 * @returns {readonly string[]} one line for each file that is not covered whole: its path, its lines, and the lines of its branches
 */
export function uncovered() {
  const report = path.join(root, 'coverage', 'lcov.info');
  if (!existsSync(report)) return [];
  return readFileSync(report, 'utf8').split('end_of_record').flatMap(describeRecord);
}

function describeRecord(record) {
  const file = /^SF:(.*)$/m.exec(record)?.[1];
  const lines = linesOf(record, /^DA:(\d+),0$/gm);
  const branches = linesOf(record, /^BRDA:(\d+),\d+,\d+,(?:0|-)$/gm).filter((line) => !lines.includes(line));
  const parts = [];
  if (lines.length > 0) parts.push(`lines ${ranges(lines)}`);
  if (branches.length > 0) parts.push(`branches at ${ranges(branches)}`);
  return parts.length === 0 ? [] : [`${file}: ${parts.join('; ')}`];
}

function linesOf(record, pattern) {
  return [...new Set(Array.from(record.matchAll(pattern), (match) => Number(match[1])))].toSorted((a, b) => a - b);
}

/** `3-5, 9` for 3, 4, 5 and 9. */
function ranges(lines) {
  const starts = lines.filter((line, index) => line !== lines[index - 1] + 1);
  const ends = lines.filter((line, index) => line !== lines[index + 1] - 1);
  return starts.map((start, index) => (start === ends[index] ? start : `${start}-${ends[index]}`)).join(', ');
}
