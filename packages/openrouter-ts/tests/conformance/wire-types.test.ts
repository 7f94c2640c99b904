import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { elementTypes, loadWireTypes, objectTypes, type WireTypes } from './wire-types.ts';

describe('the types of the wire layer', () => {
  let wire: WireTypes;
  beforeAll(() => {
    wire = loadWireTypes();
  }, 60_000);

  it.each([
    ['AssistantMessage', 'ChatMessage'],
    ['AssistantMessage', 'AssistantRequestMessage'],
    ['ToolCall', 'ToolCallDelta'],
  ])('let %s stand where %s is wanted', (given, wanted) => {
    expect(wire.checker.isTypeAssignableTo(wire.named(given), wire.named(wanted))).toBe(true);
  });

  it('keep every field readonly', () => {
    expect(
      fields()
        .filter(({ symbol }) => !isReadonly(symbol))
        .map(({ path }) => path),
    ).toEqual([]);
  });

  it('let every optional field be given as undefined', () => {
    const optional = fields().filter(({ symbol }) => (symbol.flags & ts.SymbolFlags.Optional) !== 0);
    expect(
      optional
        .filter(({ symbol }) => !/: unknown;$|\| undefined;$/.test(declaration(symbol).getText()))
        .map(({ path }) => path),
    ).toEqual([]);
  });

  it.each([
    'ChatRequest',
    'ErrorEnvelope',
    'ChatCompletion',
    'ChatChunk',
    'ModelList',
    'ModelEndpoints',
    'Provider',
    'Key',
    'Credits',
    'Generation',
    'GenerationContent',
  ])('let %s hold fields that nobody has heard of yet', (name) => {
    expect(wire.named(name).getStringIndexType()?.flags).toBe(ts.TypeFlags.Unknown);
  });

  it.each([
    'ErrorEnvelope',
    'ChatCompletion',
    'ChatChunk',
    'ModelList',
    'ModelEndpoints',
    'Provider',
    'Key',
    'Credits',
    'Generation',
    'GenerationContent',
  ])('let unknown fields be read at every depth of %s', (name) => {
    expect(
      nested(wire.named(name))
        .filter((type) => type.getStringIndexType() === undefined)
        .map((type) => wire.checker.typeToString(type)),
    ).toEqual([]);
  });

  function fields(): readonly { readonly path: string; readonly symbol: ts.Symbol }[] {
    const interfaces = wire.names.filter((name) => wire.named(name).isClassOrInterface());
    return interfaces.flatMap((name) =>
      wire
        .named(name)
        .getProperties()
        .map((symbol) => ({ path: `${name}.${symbol.name}`, symbol })),
    );
  }

  /** The object types that can be reached from a type. */
  function nested(type: ts.Type, found: Set<ts.Type> = new Set()): readonly ts.Type[] {
    for (const member of objectTypes(type)) {
      if (found.has(member)) continue;
      if (wire.checker.isArrayLikeType(member)) {
        for (const element of elementTypes(wire.checker, member)) nested(element, found);
      } else {
        found.add(member);
        for (const symbol of member.getProperties()) nested(wire.checker.getTypeOfSymbol(symbol), found);
      }
    }
    return [...found];
  }
});

function declaration(symbol: ts.Symbol): ts.Declaration {
  const first = symbol.declarations?.find(ts.isPropertySignature);
  if (first === undefined) throw new Error(`${symbol.name} is declared nowhere.`);
  return first;
}

function isReadonly(symbol: ts.Symbol): boolean {
  return (ts.getCombinedModifierFlags(declaration(symbol)) & ts.ModifierFlags.Readonly) !== 0;
}
