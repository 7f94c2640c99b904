import type { ApiRequest } from '../http/api-request.ts';
import type { Outcome } from '../http/outcome.ts';

/** Carries a request to its outcome. */
export type Handler<Value> = (request: ApiRequest) => Promise<Outcome<Value>>;

/**
 * One policy: it may change the request, call `next` never, once or again, and watch the outcome.
 * It is generic in the result, so that JSON, streams and binaries share it.
 */
export type Middleware = <Value>(request: ApiRequest, next: Handler<Value>) => Promise<Outcome<Value>>;

/**
 * Wraps a handler in policies.
 *
 * @param middlewares - the outermost first
 * @param handler - the innermost step
 * @returns a handler that passes a request through all of them
 */
export function compose<Value>(middlewares: readonly Middleware[], handler: Handler<Value>): Handler<Value> {
  return middlewares.reduceRight<Handler<Value>>((next, middleware) => (request) => middleware(request, next), handler);
}
