/** What a caller may say about one call for the policies to follow, over what the client says about all. */
export interface CallSettings {
  /** How long the whole call may take, a stream until its end included, in milliseconds. Default: the client's `timeoutMs`. */
  readonly timeoutMs?: number | undefined;
  /** How often the call may be tried again, for each model. Default: the client's `maxRetries`. */
  readonly maxRetries?: number | undefined;
  /** Models to ask, in this order, when the request's own cannot answer. Default: the client's `fallbackModels`. */
  readonly fallbackModels?: readonly string[] | undefined;
  /** Whether a model that costs money may stand in for a `:free` one. Default: the client's `allowPaidFallback`. */
  readonly allowPaidFallback?: boolean | undefined;
  /** What the call is for, in a word of your own: costs are added up by it, and it may have a budget of its own. It is not sent. */
  readonly tag?: string | undefined;
  /** The most that the call may cost, its retries and fallbacks included, in USD; a string is taken exactly. Default: no limit. */
  readonly maxCostUsd?: number | string | undefined;
  /**
   * What the call is a part of, where several calls answer one question: they share `maxCostUsd`.
   *
   * @internal
   */
  readonly partOf?: object | undefined;
}
