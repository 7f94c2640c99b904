import type { SizeLimits } from '../http/read-context.ts';
import type { TimeoutOptions } from '../resilience/timeout-options.ts';

/** How often a call may be tried again. */
export const defaultMaxRetries = 2;

/** The longest wait that a server may ask for before the call fails instead. */
export const defaultMaxRetryWaitMs = 60_000;

/** A whole call, its retries and a stream until its end included. */
export const defaultTimeoutMs = 600_000;

/**
 * Says how long each wait may be. The headers of a stream come when the model is found; those of a whole answer may come when it is written.
 *
 * @param stream - whether the answer is a stream
 * @param said - what the caller said, in milliseconds
 * @returns the same, with the defaults for what is not said
 */
export function timeoutsFor(
  stream: boolean,
  {
    connectMs = 10_000,
    headersMs = stream ? 60_000 : 600_000,
    firstContentMs = 120_000,
    idleBytesMs = 60_000,
    idleDataMs = 300_000,
  }: Partial<TimeoutOptions> = {},
): TimeoutOptions {
  return { connectMs, headersMs, firstContentMs, idleBytesMs, idleDataMs };
}

const mebibyte = 1024 * 1024;

/**
 * Says how much of an answer is held: images come as one event of many megabytes.
 *
 * @param said - what the caller said, in bytes
 * @returns the same, with the defaults for what is not said
 */
export function limitsFor({
  eventBytes = 128 * mebibyte,
  answerBytes = 1024 * mebibyte,
  errorBytes = mebibyte,
}: Partial<SizeLimits> = {}): SizeLimits {
  return { eventBytes, answerBytes, errorBytes };
}
