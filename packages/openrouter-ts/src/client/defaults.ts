import type { SizeLimits } from '../http/read-context.ts';
import type { TimeoutOptions } from '../resilience/timeouts.ts';

/** A whole call, its retries and a stream until its end included. */
export const defaultTimeoutMs = 600_000;

const waits: Omit<TimeoutOptions, 'headersMs'> = { connectMs: 10_000, firstContentMs: 120_000, idleBytesMs: 60_000, idleDataMs: 300_000 };

/**
 * Says how long each wait may be. The headers of a stream come when the model is found; those of a whole answer may come when it is written.
 *
 * @param stream - whether the answer is a stream
 * @returns the defaults, in milliseconds
 */
export function defaultTimeouts(stream: boolean): TimeoutOptions {
  return { ...waits, headersMs: stream ? 60_000 : 600_000 };
}

/** How much of an answer is held, in bytes: images come as one event of many megabytes. */
export const defaultLimits: SizeLimits = { eventBytes: 128 * 1024 * 1024, answerBytes: 1024 * 1024 * 1024, errorBytes: 1024 * 1024 };
