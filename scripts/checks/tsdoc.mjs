import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { report } from '../lib/report.mjs';
import { root } from '../lib/root.mjs';
import { placeOf } from '../lib/source-files.mjs';

// Everything that a user can reach from a public entry says what it is: each export, each public member of an exported class or
// interface unless it is marked @internal, and each parameter and result of what can be called.
const library = path.join(root, 'packages/openrouter-ts');
const program = createProgram();
const checker = program.getTypeChecker();
const problems = new Set();

for (const entry of publicEntries()) checkEntry(entry);
report([...problems]);

function publicEntries() {
  const { exports } = JSON.parse(readFileSync(path.join(library, 'package.json'), 'utf8'));
  return Object.values(exports)
    .filter((target) => typeof target !== 'string')
    .map((target) => path.join(library, target.import.default.replace(/^\.\/dist\/(.*)\.js$/, 'src/$1.ts')));
}

function createProgram() {
  const configPath = path.join(library, 'tsconfig.json');
  const { config } = ts.readConfigFile(configPath, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, library);
  return ts.createProgram(publicEntries(), options);
}

function checkEntry(entry) {
  const file = program.getSourceFile(entry);
  if (file === undefined) {
    problems.add(`${path.relative(root, entry)}: package.json exports it, and it is not there`);
    return;
  }
  for (const exported of checker.getExportsOfModule(checker.getSymbolAtLocation(file))) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const declarations = (symbol.declarations ?? []).filter((node) =>
      node.getSourceFile().fileName.startsWith(library),
    );
    if (declarations.length === 0) continue;
    // A module that is exported under a name of its own says what its exports are.
    if (ts.isSourceFile(declarations[0])) {
      checkEntry(declarations[0].fileName);
      continue;
    }
    checkDocumented(symbol, declarations[0], exported.name);
    for (const declaration of declarations) checkDeclaration(symbol, declaration, exported.name);
  }
}

function checkDeclaration(symbol, declaration, label) {
  if (ts.isFunctionDeclaration(declaration)) checkCallable(symbol, declaration, label);
  if (ts.isVariableDeclaration(declaration) && isFunction(declaration.initializer))
    checkCallable(symbol, declaration.initializer, label);
  if (ts.isClassDeclaration(declaration) || ts.isInterfaceDeclaration(declaration)) checkMembers(declaration, label);
  if (ts.isTypeAliasDeclaration(declaration) && ts.isTypeLiteralNode(declaration.type))
    checkMembers(declaration.type, label);
}

function isFunction(node) {
  return node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));
}

function checkMembers(declaration, label) {
  const seen = new Set();
  for (const member of declaration.members.filter(isPublic)) {
    const name = ts.isConstructorDeclaration(member) ? 'constructor' : member.name.getText();
    const symbol = member.symbol;
    if (seen.has(symbol)) continue;
    seen.add(symbol);
    if (symbol.getJsDocTags(checker).some((tag) => tag.name === 'internal')) continue;
    checkDocumented(symbol, member, `${label}.${name}`);
    if (ts.isMethodDeclaration(member) || ts.isMethodSignature(member) || ts.isConstructorDeclaration(member)) {
      checkCallable(symbol, member, `${label}.${name}`);
    }
  }
}

function isPublic(member) {
  if (ts.isConstructorDeclaration(member)) {
    // Only errors inherit here, and only the library makes them: how is no part of what it promises.
    return member.parent.heritageClauses?.every(({ token }) => token !== ts.SyntaxKind.ExtendsKeyword) ?? true;
  }
  if (member.name === undefined || ts.isPrivateIdentifier(member.name)) return false;
  return (ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) === 0;
}

function checkDocumented(symbol, node, label) {
  if (symbol.getDocumentationComment(checker).length === 0) problems.add(`${placeOf(node)}: ${label} has no TSDoc`);
}

function checkCallable(symbol, node, label) {
  const tags = symbol.getJsDocTags(checker);
  const described = tags
    .filter(({ name }) => name === 'param')
    .map(({ text = [] }) =>
      text
        .map((part) => part.text)
        .join('')
        .trim(),
    );
  node.parameters.forEach((parameter, index) => {
    // A destructured parameter has no name that the comment could repeat: its @param is the one in its place.
    const text = ts.isIdentifier(parameter.name)
      ? described.find((each) => each.split(/\s/)[0] === parameter.name.text)
      : described[index];
    if (text === undefined || !/^\S+\s+[^\s-]/.test(text.replace(/\s-\s/, ' '))) {
      problems.add(
        `${placeOf(parameter)}: ${label} does not say what its parameter ${parameter.name.getText()} is (@param)`,
      );
    }
  });
  if (returnsSomething(node) && !tags.some(({ name, text = [] }) => name === 'returns' && text.length > 0)) {
    problems.add(`${placeOf(node)}: ${label} does not say what it returns (@returns)`);
  }
}

function returnsSomething(node) {
  if (ts.isConstructorDeclaration(node) || ts.isComputedPropertyName(node.name ?? node)) return false;
  const signature = checker.getSignatureFromDeclaration(node);
  const result = checker.typeToString(checker.getReturnTypeOfSignature(signature));
  return !/^(?:void|never|undefined|Promise<(?:void|never|undefined)>)$/.test(result);
}
