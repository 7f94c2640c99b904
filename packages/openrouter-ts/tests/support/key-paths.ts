import { isJsonObject } from '../../src/util/json.ts';

/** What is told apart: whole answers, the chunks of streams by what they bring, and error bodies. */
export type BodyKind = 'answer' | 'piece' | 'finish' | 'usage' | 'error';

/** A JSON body, or a chunk of a stream. */
export interface Specimen {
  readonly kind: BodyKind;
  readonly body: unknown;
}

/** One recorded exchange: as much of it as is read here. */
export interface Recording {
  readonly endpoint: string;
  readonly fidelity: string;
  readonly recorded_at: string | null;
  readonly response: {
    readonly status: number;
    readonly is_sse: boolean;
    readonly body_text?: string;
    readonly body_base64?: string;
  };
}

/** How many specimens there are, and how many of them have each path: `[all, those of 2026]`. */
export interface PathCounts {
  readonly specimens: readonly [all: number, recent: number];
  readonly paths: Readonly<Record<string, readonly [all: number, recent: number]>>;
}

/** The counts of each kind. */
export type KeyPathSummary = Readonly<Record<BodyKind, PathCounts>>;

/**
 * Lists the places of a JSON value that have names: `choices[].delta.content`. An array that has elements is also listed with `[]`.
 *
 * @param value - the value
 * @param path - where it is
 * @returns every path below it, once
 */
export function keyPaths(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) {
    return [...new Set(value.flatMap((element) => [`${path}[]`, ...keyPaths(element, `${path}[]`)]))];
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const place = path === '' ? key : `${path}.${key}`;
    return [place, ...keyPaths(member, place)];
  });
}

/**
 * Names the path that a path hangs on.
 *
 * @param path - for example `choices[].delta`
 * @returns `choices[]` for that, and an empty string for what hangs on nothing
 */
export function parentOf(path: string): string {
  return path.endsWith('[]') ? path.slice(0, -2) : path.slice(0, Math.max(0, path.lastIndexOf('.')));
}

/**
 * Takes a response apart.
 *
 * @param status - its HTTP status
 * @param isStream - whether its body is a stream of events
 * @param text - its body
 * @returns the chunks of a stream, or the body itself if it is JSON
 */
export function specimensOf(status: number, isStream: boolean, text: string): readonly Specimen[] {
  const texts = isStream ? Array.from(text.matchAll(/^data: ?(\{.*)$/gm), ([, data = '']) => data) : [text];
  return texts.flatMap((json) => {
    const body = parse(json);
    return isJsonObject(body) ? [{ kind: kindOf(body, isStream, status), body }] : [];
  });
}

function kindOf(body: Readonly<Record<string, unknown>>, isStream: boolean, status: number): BodyKind {
  if (status >= 400 || 'error' in body) return 'error';
  if (!isStream) return 'answer';
  if (isJsonObject(body['usage'])) return 'usage';
  const choices: readonly unknown[] = Array.isArray(body['choices']) ? body['choices'] : [];
  return choices.some((choice) => isJsonObject(choice) && choice['finish_reason'] != null) ? 'finish' : 'piece';
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/**
 * Counts the key paths of recorded chat answers. Recordings that were edited by hand say nothing and are left out.
 *
 * @param recordings - any recordings
 * @returns the counts
 */
export function summarize(recordings: readonly Recording[]): KeyPathSummary {
  const summary = { answer: noCounts(), piece: noCounts(), finish: noCounts(), usage: noCounts(), error: noCounts() };
  for (const { endpoint, fidelity, recorded_at: at, response } of recordings) {
    if (endpoint !== '/v1/chat/completions' || fidelity === 'edited') continue;
    const text = response.body_text ?? Buffer.from(response.body_base64 ?? '', 'base64').toString('utf8');
    const isRecent = at?.startsWith('2026') === true;
    for (const { kind, body } of specimensOf(response.status, response.is_sse, text)) {
      count(summary[kind].specimens, isRecent);
      for (const path of new Set(keyPaths(body))) count((summary[kind].paths[path] ??= [0, 0]), isRecent);
    }
  }
  return summary;
}

interface GrowingCounts {
  readonly specimens: [number, number];
  readonly paths: Record<string, [number, number]>;
}

function noCounts(): GrowingCounts {
  return { specimens: [0, 0], paths: {} };
}

function count(counts: [number, number], isRecent: boolean): void {
  counts[0] += 1;
  counts[1] += isRecent ? 1 : 0;
}
