/** What an account has bought and used, in dollars. Only a management key may ask. */
export interface Credits {
  /** Bought so far. */
  readonly total_credits: number;
  /** Used so far. */
  readonly total_usage: number;
  readonly [key: string]: unknown;
}
