/**
 * Names for the observability service that the account sends its requests to. Other keys go along as they are.
 *
 * @see https://openrouter.ai/docs/guides/features/broadcast
 */
export interface Trace {
  /** Groups the requests of one trace. */
  readonly trace_id?: string | undefined;
  /** The trace's name for people. */
  readonly trace_name?: string | undefined;
  /** The name of the step that the request belongs to. */
  readonly span_name?: string | undefined;
  /** The name of the request itself. */
  readonly generation_name?: string | undefined;
  /** The step that caused this one. */
  readonly parent_span_id?: string | undefined;
  readonly [key: string]: unknown;
}
