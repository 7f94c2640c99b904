import type { Phase } from '../errors/phase.ts';

/** An error answer, wherever it was found. */
export interface FailedAnswer {
  /** For the message, such as `POST /chat/completions`. */
  readonly operation: string;
  /** The HTTP status; 200 when the error was inside a success. */
  readonly httpStatus: number;
  /** The response headers, lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The `error` member of the body; `undefined` when the body held none. */
  readonly error: unknown;
  /** The body as text, for answers that are not JSON. */
  readonly text?: string | undefined;
  readonly phase: Phase;
  readonly generationId: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether the request asked for a stream. */
  readonly stream: boolean;
}
