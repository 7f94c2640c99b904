import type { ApiRequest } from '../http/api-request.ts';
import type { MadeOnce } from '../http/made-once.ts';
import type { OnDemand } from '../http/on-demand.ts';
import type { Middleware } from './middleware.ts';

/** A part of the client, and which calls need it. */
export interface NeededPart {
  /** Tells whether a call needs it. */
  readonly isNeeded: (request: ApiRequest) => boolean;
  /** What is loaded. */
  readonly part: Pick<OnDemand<unknown>, 'loaded' | 'load'>;
}

/** A policy that is loaded when the first call needs it. Calls that do not need it pass by. */
export interface LazyPolicy extends NeededPart {
  /** The policy; {@link loadParts} must stand before it. */
  readonly policy: Middleware;
}

/**
 * Makes a policy that is loaded when the first call needs it.
 *
 * @param lazy - makes it of what is loaded
 * @param isNeeded - whether a call needs it
 * @returns the policy; calls that do not need it pass by
 */
export function lazyPolicy<Part>(
  lazy: MadeOnce<Part, { readonly policy: Middleware }>,
  isNeeded: NeededPart['isNeeded'],
): LazyPolicy {
  return {
    part: lazy.part,
    isNeeded,
    policy: (request, next) => {
      // What is not there was not needed: it would have been loaded.
      const made = lazy.part.loaded !== undefined && isNeeded(request) ? lazy.ready : undefined;
      return made === undefined ? next(request) : made.policy(request, next);
    },
  };
}

/**
 * Loads what a call needs before its time begins to count, and before anything is sent.
 *
 * @param parts - what is loaded when it is needed
 * @returns the policy; it stands first
 */
export function loadParts(parts: readonly NeededPart[]): Middleware {
  return function loadingWhatIsNeeded(request, next) {
    for (const { isNeeded, part } of parts) {
      // What is missing of the others is loaded with it, so that they come together.
      if (part.loaded === undefined && isNeeded(request)) return loadAll(parts, request).then(() => next(request));
    }
    return next(request);
  };
}

function loadAll(parts: readonly NeededPart[], request: ApiRequest): Promise<unknown> {
  const needed = parts.filter(({ isNeeded }) => isNeeded(request));
  return Promise.all(needed.map(({ part }) => part.load(request.scope)));
}
