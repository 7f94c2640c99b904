import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { root } from './root.mjs';

/**
 * The TypeScript files that ship: everything below the packages' src but tests.
 * @returns {readonly { name: string, text: string, tree: ts.SourceFile }[]} each file with its path from the root, its text and its syntax tree
 */
export function sourceFiles() {
  return ['openrouter-ts', 'openrouter-chat'].flatMap((name) => {
    const folder = path.join(root, 'packages', name, 'src');
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /(?<!\.test|\.test-d)\.ts$/.test(entry.name))
      .map((entry) => readSource(path.join(entry.parentPath, entry.name)));
  });
}

function readSource(file) {
  const name = path.relative(root, file);
  const text = readFileSync(file, 'utf8');
  return { name, text, tree: ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true) };
}

/**
 * Visits each node of a tree, outer ones first.
 * @param {ts.Node} node - where it starts
 * @param {(node: ts.Node) => void} visit - called with each node
 */
export function walk(node, visit) {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/**
 * The place of a node, in the form that terminals and editors make clickable.
 * @param {ts.Node} node - a node of a tree
 * @returns {string} `file:line`
 */
export function placeOf(node) {
  const tree = node.getSourceFile();
  return `${path.relative(root, path.resolve(root, tree.fileName))}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
