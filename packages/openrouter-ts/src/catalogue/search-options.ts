/** What a caller may say about one search. */
export interface SearchOptions {
  /** Ends the search: it then rejects with the signal's own reason. Whoever else waits for the same answer of the API goes on waiting. */
  readonly signal?: AbortSignal | undefined;
}
