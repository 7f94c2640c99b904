import { isJsonObject, type JsonObject } from '../../src/util/json.ts';

/** The places that an answer of the API has by its description, named as `keyPaths` names them. */
export interface DocumentedKeys {
  /** Those that every answer has, wherever there is a place for them. */
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/**
 * Lists the places of the good answer of an operation.
 *
 * @param document - the OpenAPI document
 * @param path - the operation's path; its method is GET
 * @returns every place, once, in alphabetical order
 */
export function documentedKeys(document: unknown, path: string): DocumentedKeys {
  const answer = ['paths', path, 'get', 'responses', '200', 'content', 'application/json', 'schema'];
  const places = new Map<string, boolean>();
  collect(document, at(document, answer), '', true, places);
  const named = (wanted: boolean): readonly string[] =>
    [...places].flatMap(([place, required]) => (required === wanted ? [place] : [])).toSorted();
  return { required: named(true), optional: named(false) };
}

function collect(document: unknown, node: unknown, path: string, certain: boolean, places: Map<string, boolean>): void {
  if (!isJsonObject(node)) return;
  const reference = node['$ref'];
  if (typeof reference === 'string') {
    collect(document, at(document, reference.slice(2).split('/')), path, certain, places);
    return;
  }
  for (const part of list(node['allOf'])) collect(document, part, path, certain, places);
  for (const part of [...list(node['anyOf']), ...list(node['oneOf'])]) collect(document, part, path, false, places);
  if (node['items'] !== undefined) {
    places.set(`${path}[]`, false);
    collect(document, node['items'], `${path}[]`, certain, places);
  }
  for (const [name, property] of Object.entries(properties(node))) {
    const place = path === '' ? name : `${path}.${name}`;
    const required = certain && list(node['required']).includes(name);
    places.set(place, required || places.get(place) === true);
    // What is inside of something optional is there wherever that is.
    collect(document, property, place, true, places);
  }
}

function properties(node: JsonObject): JsonObject {
  return isJsonObject(node['properties']) ? node['properties'] : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function at(document: unknown, place: readonly string[]): unknown {
  return place.reduce<unknown>((node, step) => (isJsonObject(node) ? node[step] : undefined), document);
}
