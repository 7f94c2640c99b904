import type { ApiRequest } from '../http/api-request.ts';
import type { Middleware } from './middleware.ts';

/** A policy that is loaded when the first call needs it. Calls that do not need it pass by. */
export class LazyPolicy {
  readonly #isNeeded: (request: ApiRequest) => boolean;
  readonly #load: () => Promise<Middleware>;
  #loading: Promise<void> | undefined;
  #loaded: Middleware | undefined;

  /**
   * @param isNeeded - whether a call needs it
   * @param load - loads it; asked again by the next call if that fails
   */
  constructor(isNeeded: (request: ApiRequest) => boolean, load: () => Promise<Middleware>) {
    this.#isNeeded = isNeeded;
    this.#load = load;
  }

  /** The policy; a call that needs it must have waited for {@link LazyPolicy.ready}. */
  readonly policy: Middleware = (request, next) =>
    this.#loaded !== undefined && this.#isNeeded(request) ? this.#loaded(request, next) : next(request);

  /**
   * Tells whether a call has to wait for it.
   *
   * @param request - the call
   * @returns true when the call needs it and it is not there
   */
  isMissing(request: ApiRequest): boolean {
    return this.#loaded === undefined && this.#isNeeded(request);
  }

  /**
   * Loads the policy if a call has to wait for it.
   *
   * @param request - the call
   * @returns a promise that resolves when it is there, at once where nothing has to be waited for
   */
  ready(request: ApiRequest): Promise<void> {
    if (!this.isMissing(request)) return Promise.resolve();
    this.#loading ??= this.#fetch();
    return this.#loading;
  }

  async #fetch(): Promise<void> {
    try {
      this.#loaded = await this.#load();
    } finally {
      this.#loading = undefined;
    }
  }
}

/**
 * Loads what a call needs before its time begins to count, and before anything is sent: nothing is loaded when something has failed.
 *
 * @param lazy - the policies that are loaded when they are needed
 * @returns the policy; it stands first
 */
export function loadPolicies(lazy: readonly LazyPolicy[]): Middleware {
  return function loadingWhatIsNeeded(request, next) {
    for (const each of lazy) {
      if (each.isMissing(request))
        return Promise.all(lazy.map((every) => every.ready(request))).then(() => next(request));
    }
    return next(request);
  };
}
