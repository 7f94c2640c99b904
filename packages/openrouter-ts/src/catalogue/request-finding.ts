import type { CountTokens } from '../cost/token-estimate.ts';
import type { ChatRequest } from '../wire/chat-request.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import type { Model } from '../wire/model.ts';

/**
 * What becomes of a request because of a finding: it is `refused`, a part of it is `dropped` without a word, or it is answered and may yet surprise
 * (`warning`).
 */
export type FindingSeverity = 'refused' | 'dropped' | 'warning';

/** Something about a request that is better known before it is sent. */
export interface RequestFinding {
  /** What becomes of the request. */
  readonly severity: FindingSeverity;
  /** For programs, such as `parameter-unsupported`. */
  readonly code: string;
  /** For people: what is wrong and what to do. */
  readonly message: string;
  /** The part of the request that it is about, such as `messages.3.content`; empty for the request as a whole. */
  readonly path: string;
}

/** What a request is held against. */
export interface CheckedRequest {
  /** The request. */
  readonly request: ChatRequest;
  /** The model that is to answer. */
  readonly model: Model;
  /** Where the request names it: `model` or `models.0`. */
  readonly modelPath: string;
  /** Who serves it; none when that is not known. */
  readonly endpoints: readonly Endpoint[];
  /** The day in UTC, `YYYY-MM-DD`. */
  readonly today: string;
  /** Tells whether an endpoint keeps nothing of what it is sent. */
  readonly keepsNothing: (endpoint: Endpoint) => boolean;
  /** Counts the tokens of a text. */
  readonly countTokens?: CountTokens | undefined;
}

/**
 * Makes a finding.
 *
 * @param severity - what becomes of the request
 * @param code - for programs
 * @param path - the part of the request
 * @param message - for people
 * @returns the finding
 */
export function finding(severity: FindingSeverity, code: string, path: string, message: string): RequestFinding {
  return { severity, code, path, message };
}
