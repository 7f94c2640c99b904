/**
 * What an account used, day by day. Only a management key may ask.
 *
 * @see https://openrouter.ai/docs/api-reference/analytics/get-user-activity
 */
export interface Activity {
  /** One entry for each day, model and endpoint that had requests. */
  readonly data: readonly ActivityItem[];
  readonly [key: string]: unknown;
}

/** What was used of one endpoint of a model on one day. */
export interface ActivityItem {
  /** The day, UTC: `YYYY-MM-DD`. */
  readonly date: string;
  /** The model's id. */
  readonly model: string;
  /** The model's permanent slug. */
  readonly model_permaslug: string;
  /** OpenRouter's id of the endpoint. */
  readonly endpoint_id: string;
  /** Who serves it. */
  readonly provider_name: string;
  /** Dollars taken from the credits. */
  readonly usage: number;
  /** Dollars that provider keys of your own spent. */
  readonly byok_usage_inference: number;
  /** How many requests there were. */
  readonly requests: number;
  /** Tokens of their prompts. */
  readonly prompt_tokens: number;
  /** Tokens of their answers. */
  readonly completion_tokens: number;
  /** Tokens of thinking. */
  readonly reasoning_tokens: number;
  /** The workspace that paid; only with `group_by: 'workspace'`. */
  readonly workspace_id?: string | undefined;
  readonly [key: string]: unknown;
}

/** Which activity is asked for. Without anything it is that of the last 30 days that are over. */
export interface ActivityQuery {
  /** One day of the last 30, UTC: `YYYY-MM-DD`. */
  readonly date?: string | undefined;
  /** Only that of one key: the SHA-256 of the key, in hexadecimal. */
  readonly api_key_hash?: string | undefined;
  /** Only that of one member of the organization. */
  readonly user_id?: string | undefined;
  /** Splits each entry by workspace. */
  readonly group_by?: 'workspace' | (string & {}) | undefined;
  /** Only that of one workspace, by its UUID. */
  readonly workspace_id?: string | undefined;
}
