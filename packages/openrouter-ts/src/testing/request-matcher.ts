import { readChatRequest } from './answers/read-chat-request.ts';
import type { RecordedRequest } from './recorded-request.ts';

/** Which requests are meant: all of what is named must fit. */
export interface RequestPattern {
  /** In capitals. */
  readonly method?: string;
  /** The path below the API's base or the whole path: `/models` and `/api/v1/models` are the same. */
  readonly path?: string;
  /** A model that the request names, first or as a fallback. */
  readonly model?: string;
  /** Whether a stream is asked for. */
  readonly stream?: boolean;
}

/** Tells whether a request is meant: a pattern or a function. */
export type RequestMatcher = RequestPattern | ((request: RecordedRequest) => boolean);

/**
 * Tells whether a request is meant.
 *
 * @param matcher - which requests are
 * @param request - the request
 * @returns true when it is
 */
export function matches(matcher: RequestMatcher, request: RecordedRequest): boolean {
  if (typeof matcher === 'function') return matcher(request);
  const { method, path, model, stream } = matcher;
  if (method !== undefined && method !== request.method) return false;
  if (path !== undefined && path !== request.path && `/api/v1${path}` !== request.path) return false;
  if (model === undefined && stream === undefined) return true;
  const facts = readChatRequest(request.json);
  return (model === undefined || facts.modelIds.includes(model)) && (stream === undefined || facts.streams === stream);
}
