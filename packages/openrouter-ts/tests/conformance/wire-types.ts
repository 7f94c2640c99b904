import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const folder = new URL('../../src/wire/', import.meta.url);

/** The types of `src/wire` as the compiler sees them. */
export interface WireTypes {
  readonly checker: ts.TypeChecker;
  /** The names of everything that the layer exports. */
  readonly names: readonly string[];
  /** @throws Error when the layer exports no type of that name */
  readonly named: (name: string) => ts.Type;
}

/** Compiles the wire layer. It takes some seconds: once a test file is enough. */
export function loadWireTypes(): WireTypes {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => fileURLToPath(new URL(name, folder)));
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const types = new Map<string, ts.Type>();
  for (const file of files) {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    for (const symbol of module ? checker.getExportsOfModule(module) : []) {
      types.set(symbol.name, checker.getDeclaredTypeOfSymbol(symbol));
    }
  }
  return {
    checker,
    names: [...types.keys()],
    named: (name) => {
      const type = types.get(name);
      if (type === undefined) throw new Error(`The wire layer exports no type named ${name}.`);
      return type;
    },
  };
}

/** The object types among the members of a type: what is left of it without null, undefined, primitives and arrays. */
export function objectTypes(type: ts.Type): readonly ts.ObjectType[] {
  if (type.isUnion()) return type.types.flatMap(objectTypes);
  return isObjectType(type) ? [type] : [];
}

function isObjectType(type: ts.Type): type is ts.ObjectType {
  return (type.flags & ts.TypeFlags.Object) !== 0;
}

/** What the arrays among the members of a type hold. */
export function elementTypes(checker: ts.TypeChecker, type: ts.Type): readonly ts.Type[] {
  return objectTypes(type)
    .filter((member) => checker.isArrayLikeType(member))
    .flatMap((member) => checker.getIndexTypeOfType(member, ts.IndexKind.Number) ?? []);
}

/** The strings that a type spells out. */
export function literals(type: ts.Type): ReadonlySet<string> {
  const members = type.isUnion() ? type.types : [type];
  return new Set(members.flatMap((member) => (member.isStringLiteral() ? [member.value] : [])));
}
