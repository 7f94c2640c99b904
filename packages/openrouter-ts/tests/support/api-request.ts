import type { ApiRequest } from '../../src/http/api-request.ts';
import type { Outcome } from '../../src/http/outcome.ts';
import { AbortScope } from '../../src/util/abort-scope.ts';

/** A request as the outermost policy gets it. */
export function apiRequest(parts: Partial<ApiRequest> = {}): ApiRequest {
  return {
    method: 'POST',
    path: '/chat/completions',
    stream: false,
    scope: new AbortScope(),
    attempts: [],
    settings: {},
    reached: { phase: 'unsent', generationId: undefined },
    ...parts,
  };
}

/** The outcome of a call that had nothing to wait for. */
export function outcomeOf<Value>(value: Value, parts: Partial<Outcome<Value>> = {}): Outcome<Value> {
  const response = {
    status: 200,
    headers: {},
    generationId: undefined,
    attempts: [],
    settings: {},
    reached: { phase: 'unsent', generationId: undefined },
    warnings: [],
  };
  return { value, response, settled: Promise.resolve({}), ...parts };
}
