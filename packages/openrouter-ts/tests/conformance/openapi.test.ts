import { existsSync, readFileSync } from 'node:fs';
import type ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isJsonObject, type JsonObject } from '../../src/util/json.ts';
import { elementTypes, literals, loadWireTypes, objectTypes, type WireTypes } from './wire-types.ts';

const path = process.env['OPENROUTER_OPENAPI'] ?? new URL('../../../../../shared/api/openapi.yaml', import.meta.url);
const document: unknown = existsSync(path) ? parse(readFileSync(path, 'utf8'), { maxAliasCount: -1 }) : undefined;

const schema = (name: string): readonly string[] => ['components', 'schemas', name];
const answer = (operation: string): readonly string[] => [
  'paths',
  operation,
  'get',
  'responses',
  '200',
  'content',
  'application/json',
  'schema',
];

/** Our type, and where the document has its counterpart. */
const counterparts: readonly (readonly [name: string, place: readonly string[]])[] = [
  ['ChatRequest', schema('ChatRequest')],
  ['ChatMessage', schema('ChatMessages')],
  ['ProviderPreferences', schema('ProviderPreferences')],
  ['ChatCompletion', schema('ChatResult')],
  ['ChatChunk', schema('ChatStreamChunk')],
  ['Usage', schema('ChatUsage')],
  ['RouterMetadata', schema('OpenRouterMetadata')],
  ['ErrorEnvelope', schema('TooManyRequestsResponse')],
  ['ModelList', schema('ModelsListResponse')],
  ['Model', schema('Model')],
  ['Pricing', schema('PublicPricing')],
  ['ModelEndpoints', schema('ListEndpointsResponse')],
  ['Endpoint', schema('PublicEndpoint')],
  ['ModelCount', [...schema('ModelsCountResponse'), 'properties', 'data']],
  ['ImageModel', schema('ImageModelListItem')],
  ['ImageModelEndpoints', schema('ImageModelEndpointsResponse')],
  ['VideoModel', schema('VideoModel')],
  ['Provider', [...answer('/providers'), 'properties', 'data', 'items']],
  ['Key', [...answer('/key'), 'properties', 'data']],
  ['Credits', [...answer('/credits'), 'properties', 'data']],
  ['Generation', [...schema('GenerationResponse'), 'properties', 'data']],
  ['GenerationContent', schema('GenerationContentData')],
  ['Activity', schema('ActivityResponse')],
];

/** What the document has and we leave out on purpose. */
const leftOut: readonly RegExp[] = [
  // The method that is called decides it.
  /^ChatRequest\.stream$/,
  // The document uses one schema for messages that are sent and that are received; received ones hold text only.
  /^ChatCompletion\.choices\[\]\.message\.content\[\]/,
];

describe.skipIf(document === undefined)(
  'every property of the official OpenAPI document (its path is in OPENROUTER_OPENAPI)',
  () => {
    let wire: WireTypes;
    beforeAll(() => {
      wire = loadWireTypes();
    }, 60_000);

    it.each(counterparts)('is declared by %s', (name, place) => {
      const found: string[] = [];
      expect(alternatives(at(place)), 'the document has such a schema').not.toEqual([]);
      compare(at(place), [wire.named(name)], name, found, new Set());
      expect(found.filter((missing) => !leftOut.some((pattern) => pattern.test(missing)))).toEqual([]);
    });

    it.each(['/models', '/models/user', '/models/count', '/embeddings/models'])(
      'and every parameter of GET %s is declared by ModelFeedQuery',
      (operation) => {
        const parameters = at(['paths', operation, 'get', 'parameters']);
        const names = (Array.isArray(parameters) ? parameters : []).map(
          (parameter: { name: string }) => parameter.name,
        );
        expect(names.length).toBeGreaterThan(0);
        const declared = new Set(
          wire
            .named('ModelFeedQuery')
            .getProperties()
            .map(({ name }) => name),
        );
        // The method that is called decides it.
        expect(names.filter((name) => !declared.has(name) && name !== 'use_rss')).toEqual([]);
      },
    );

    it('is looked for in the nested objects too', () => {
      const found: string[] = [];
      const invented = {
        properties: { choices: { items: { properties: { message: { properties: { invented: {} } } } } } },
      };
      compare(invented, [wire.named('ChatCompletion')], 'ChatCompletion', found, new Set());
      expect(found).toEqual(['ChatCompletion.choices[].message.invented']);
    });

    /** Collects the properties of the schema that none of the types declares. */
    function compare(
      node: unknown,
      types: readonly ts.Type[],
      where: string,
      found: string[],
      seen: Set<string>,
    ): void {
      for (const alternative of alternatives(node)) {
        const key = [alternative, ...types].map(identity).join();
        if (seen.has(key)) continue;
        seen.add(key);
        if (alternative['items'] !== undefined) {
          compare(
            alternative['items'],
            types.flatMap((type) => elementTypes(wire.checker, type)),
            `${where}[]`,
            found,
            seen,
          );
        }
        const candidates = sameKind(alternative, types.flatMap(objectTypes));
        for (const [name, property] of properties(alternative)) {
          const declared = candidates.flatMap((type) => propertyType(type, name) ?? []);
          if (declared.length === 0) found.push(`${where}.${name}`);
          else compare(property, declared, `${where}.${name}`, found, seen);
        }
      }
    }

    /** The type of a declared property, or of any property where a type declares none at all. */
    function propertyType(type: ts.Type, name: string): ts.Type | undefined {
      const symbol = wire.checker.getPropertyOfType(type, name);
      if (symbol !== undefined) return wire.checker.getTypeOfSymbol(symbol);
      return type.getProperties().length === 0 ? type.getStringIndexType() : undefined;
    }

    /** Of several types, those whose `type`, `role` or `id` spells out what the schema demands, if there are such. */
    function sameKind(node: JsonObject, types: readonly ts.Type[]): readonly ts.Type[] {
      const named = properties(node).flatMap(([name, property]) =>
        ['type', 'role', 'id'].includes(name) ? [{ name, values: values(property) }] : [],
      );
      return named.reduce((left, { name, values: demanded }) => {
        const exact = left.filter((type) => {
          const declared = propertyType(type, name);
          return declared !== undefined && demanded.some((value) => literals(declared).has(value));
        });
        return exact.length > 0 ? exact : left;
      }, types);
    }
  },
);

/** A schema with its references followed and its unions taken apart. */
function alternatives(node: unknown): readonly JsonObject[] {
  if (!isJsonObject(node)) return [];
  const reference = node['$ref'];
  if (typeof reference === 'string') return alternatives(at(reference.slice(2).split('/')));
  const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((key) => (Array.isArray(node[key]) ? node[key] : []));
  return [node, ...parts.flatMap(alternatives)];
}

function properties(node: JsonObject): readonly (readonly [name: string, schema: unknown])[] {
  return isJsonObject(node['properties']) ? Object.entries(node['properties']) : [];
}

function values(node: unknown): readonly string[] {
  return alternatives(node).flatMap((part) =>
    [part['const'], ...(Array.isArray(part['enum']) ? part['enum'] : [])].filter((value) => typeof value === 'string'),
  );
}

function at(place: readonly string[]): unknown {
  return place.reduce<unknown>((node, step) => (isJsonObject(node) ? node[step] : undefined), document);
}

const identities = new Map<unknown, number>();

function identity(node: unknown): number {
  const known = identities.get(node) ?? identities.size;
  identities.set(node, known);
  return known;
}
