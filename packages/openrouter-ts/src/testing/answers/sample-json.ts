import { isJsonObject } from '../../util/json.ts';
import type { JsonObject } from '../../util/json.ts';

/** Schemas that refer to themselves are followed no deeper than this. */
const deepest = 8;

/**
 * Makes up a small value that fits a JSON Schema: required and optional members alike, one item per list, the first choice of each enum.
 * It knows the keywords that structured outputs use, and not every constraint that a schema can state.
 *
 * @param schema - a JSON Schema
 * @returns a value that fits
 */
export function sampleJson(schema: unknown): unknown {
  return sample(schema, schema, 0);
}

function sample(schema: unknown, root: unknown, depth: number): unknown {
  if (!isJsonObject(schema) || depth > deepest) return null;
  if (typeof schema['$ref'] === 'string') return sample(refer(schema['$ref'], root), root, depth + 1);
  if ('const' in schema) return schema['const'];
  const [choice] = [...list(schema['enum']), ...list(schema['examples'])];
  if (choice !== undefined) return choice;
  const [variant] = [...list(schema['anyOf']), ...list(schema['oneOf'])];
  if (variant !== undefined) return sample(variant, root, depth + 1);
  const parts = list(schema['allOf']);
  if (parts.length > 0) return Object.fromEntries(parts.flatMap((part) => membersOf(sample(part, root, depth + 1))));
  return sampleOfType(schema, root, depth);
}

function sampleOfType(schema: JsonObject, root: unknown, depth: number): unknown {
  const [type] = [...list(schema['type']), schema['type']];
  switch (type) {
    case 'string':
      return sampleText(schema);
    case 'integer':
    case 'number':
      return sampleNumber(schema);
    case 'boolean':
      return true;
    case 'array':
      return [sample(schema['items'], root, depth + 1)];
    case 'null':
      return null;
    default:
      return sampleMembers(schema, root, depth);
  }
}

function sampleMembers(schema: JsonObject, root: unknown, depth: number): JsonObject {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const members = Object.entries(properties).map(([name, part]): Member => [name, sample(part, root, depth + 1)]);
  // A schema that names no members allows any: one that tells where it comes from is better than none.
  return Object.fromEntries<unknown>(members.length > 0 ? members : [['simulated', true]]);
}

function sampleText(schema: JsonObject): string {
  const formats: Readonly<Record<string, string>> = {
    date: '2026-01-01',
    'date-time': '2026-01-01T00:00:00Z',
    email: 'simulated@example.com',
    uri: 'https://example.com/simulated',
  };
  const text = (typeof schema['format'] === 'string' ? formats[schema['format']] : undefined) ?? 'simulated';
  const padded = typeof schema['minLength'] === 'number' ? text.padEnd(schema['minLength'], '.') : text;
  return typeof schema['maxLength'] === 'number' ? padded.slice(0, schema['maxLength']) : padded;
}

function sampleNumber(schema: JsonObject): number {
  if (typeof schema['minimum'] === 'number') return schema['minimum'];
  if (typeof schema['exclusiveMinimum'] === 'number') return schema['exclusiveMinimum'] + 1;
  return typeof schema['maximum'] === 'number' ? Math.min(1, schema['maximum']) : 1;
}

type Member = readonly [string, unknown];

function membersOf(value: unknown): readonly Member[] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function refer(pointer: string, root: unknown): unknown {
  let target = root;
  for (const part of pointer
    .replace(/^#\/?/, '')
    .split('/')
    .filter((name) => name !== '')) {
    target = isJsonObject(target) ? target[part] : undefined;
  }
  return target;
}
