/** What was said in one request. It is there only if the account stores prompts and answers. */
export interface GenerationContent {
  /** What was asked. */
  readonly input: GenerationInput;
  /** What was answered. */
  readonly output: GenerationOutput;
  /** Null when it succeeded. */
  readonly error?: GenerationFailure | null | undefined;
  readonly [key: string]: unknown;
}

/** What was asked: a text or a conversation. */
export interface GenerationInput {
  /** Of a text completion. */
  readonly prompt?: string | undefined;
  /** Of a chat. */
  readonly messages?: readonly unknown[] | undefined;
  readonly [key: string]: unknown;
}

/** What was answered. */
export interface GenerationOutput {
  /** The text of the answer. */
  readonly completion?: string | null | undefined;
  /** The thinking as plain text. */
  readonly reasoning?: string | null | undefined;
  readonly [key: string]: unknown;
}

/** How it failed. */
export interface GenerationFailure {
  /** What the client was told. */
  readonly message?: string | null | undefined;
  /** The HTTP status that the client got. */
  readonly status?: number | null | undefined;
  /** The provider that failed. */
  readonly provider_name?: string | null | undefined;
  /** What the provider said. */
  readonly raw?: string | null | undefined;
  /** The providers that had failed before. */
  readonly previous_errors?: readonly GenerationFailedAttempt[] | undefined;
  readonly [key: string]: unknown;
}

/** A provider that had failed before. */
export interface GenerationFailedAttempt {
  /** The HTTP status. */
  readonly code?: number | undefined;
  /** What went wrong. */
  readonly message?: string | undefined;
  /** Who it was. */
  readonly provider_name?: string | null | undefined;
  /** What the provider said. */
  readonly raw?: string | null | undefined;
  readonly [key: string]: unknown;
}
