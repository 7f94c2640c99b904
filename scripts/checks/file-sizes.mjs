import ts from 'typescript';
import { ratchet } from '../lib/ratchet.mjs';
import { report } from '../lib/report.mjs';
import { placeOf, sourceFiles, walk } from '../lib/source-files.mjs';

const files = sourceFiles().map((file) => ({ ...file, lines: file.text.trimEnd().split('\n').length }));
const ascending = files.map(({ lines }) => lines).toSorted((a, b) => a - b);

report([
  ...files
    .filter(({ lines }) => lines > ratchet.fileLinesMax)
    .map(({ name, lines }) => `${name}: ${lines} lines; a file has at most ${ratchet.fileLinesMax}`),
  ...checkQuantile('median', 0.5, ratchet.fileLinesMedian),
  ...checkQuantile('90th percentile', 0.9, ratchet.fileLinesP90),
  ...files.flatMap(({ tree }) => longFunctions(tree)),
]);

function checkQuantile(label, quantile, limit) {
  const lines = ascending[Math.ceil(quantile * ascending.length) - 1] ?? 0;
  return lines > limit ? [`The ${label} of the files' lengths is ${lines} lines; it is at most ${limit}`] : [];
}

function longFunctions(tree) {
  const problems = [];
  walk(tree, (node) => {
    if (!ts.isFunctionLike(node) || node.body === undefined) return;
    const lineOf = (position) => tree.getLineAndCharacterOfPosition(position).line;
    const lines = lineOf(node.getEnd()) - lineOf(node.getStart()) + 1;
    if (lines > ratchet.functionLinesMax) {
      problems.push(`${placeOf(node)}: a function of ${lines} lines; it has at most ${ratchet.functionLinesMax}`);
    }
  });
  return problems;
}
