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
}
