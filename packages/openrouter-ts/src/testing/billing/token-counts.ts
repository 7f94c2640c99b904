/** How many tokens an exchange took, by kind. */
export interface TokenCounts {
  /** All tokens of the prompt, those from the cache and those written to it included. */
  readonly prompt: number;
  /** Tokens of the prompt that came from the cache. */
  readonly cached: number;
  /** Tokens of the prompt that were written to the cache. */
  readonly cacheWritten: number;
  /** All tokens of the answer, thoughts and images included. */
  readonly completion: number;
  /** Tokens of the answer that were thoughts. */
  readonly reasoning: number;
  /** Tokens of the answer that were images. */
  readonly image: number;
}

/** No tokens at all. */
export const noTokens: TokenCounts = { prompt: 0, cached: 0, cacheWritten: 0, completion: 0, reasoning: 0, image: 0 };
