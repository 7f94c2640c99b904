import { ConfigError } from '../errors/config-error.ts';
import type { ApiRequest } from './api-request.ts';

/**
 * Writes the body of a request as JSON.
 *
 * @param request - the request; `stream: true` is added for one that asks for a stream
 * @returns the JSON text, or `undefined` for a request without a body
 * @throws ConfigError when the body cannot be JSON: a BigInt, a cycle, a `toJSON` that throws
 */
export function serializeBody({ body, stream }: Pick<ApiRequest, 'body' | 'stream'>): string | undefined {
  if (body === undefined) return undefined;
  try {
    return wellFormed(JSON.stringify(stream ? { ...body, stream: true } : body));
  } catch (cause) {
    throw new ConfigError('The request cannot be written as JSON. Remove cycles and BigInt values. See the cause.', {
      cause,
    });
  }
}

/** Half of a surrogate pair comes out of JSON.stringify as an escape that strict parsers refuse; it stands for no character. */
function wellFormed(json: string): string {
  if (!json.includes(String.raw`\ud`)) return json;
  return json.replace(/\\(?:\\|u(d[89a-f][\da-f]{2}))/g, (escape, surrogate: string | undefined) =>
    surrogate === undefined ? escape : '\ufffd',
  );
}
