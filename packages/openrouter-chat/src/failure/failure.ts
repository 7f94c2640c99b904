/** A failure in words: what happened, why, and what can be done. */
export interface Failure {
  readonly what: string;
  readonly why?: string | undefined;
  /** What to do, each on a line of its own. */
  readonly advice: readonly string[];
  readonly exitCode: number;
}

/** Where a failure happened, as far as the words depend on it. */
export interface FailurePlace {
  /** A chat has commands of its own. */
  readonly command: 'ask' | 'chat';
  readonly model: string;
  /** The address of the API, if it is not the usual one. */
  readonly baseUrl: string | undefined;
}
