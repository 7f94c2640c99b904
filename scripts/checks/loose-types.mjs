import ts from 'typescript';
import { report } from '../lib/report.mjs';
import { placeOf, sourceFiles, walk } from '../lib/source-files.mjs';

report(sourceFiles().flatMap((file) => [...looseTypes(file.tree), ...suppressions(file)]));

function looseTypes(tree) {
  const problems = [];
  walk(tree, (node) => {
    const kind = looseKind(node);
    if (kind !== undefined) problems.push(`${placeOf(node)}: ${kind}`);
  });
  return problems;
}

function looseKind(node) {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return '`any`; say `unknown` and narrow it with a guard';
  if (ts.isAsExpression(node) && !ts.isConstTypeReference(node.type))
    return '`as`; narrow with a guard, or write the type down where the value is made';
  if (ts.isTypeAssertionExpression(node)) return 'a type assertion; narrow with a guard';
  if (ts.isNonNullExpression(node)) return '`!`; say what happens when there is nothing';
  if ((ts.isPropertyDeclaration(node) || ts.isVariableDeclaration(node)) && node.exclamationToken !== undefined) {
    return '`!` at a declaration; give it a value';
  }
  return undefined;
}

function suppressions({ name, text }) {
  return text.split('\n').flatMap((line, index) => {
    const directive = /@ts-(?:ignore|expect-error|nocheck)/.exec(line)?.[0];
    return directive === undefined ? [] : [`${name}:${index + 1}: ${directive}`];
  });
}
