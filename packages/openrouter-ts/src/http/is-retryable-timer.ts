import type { Timer } from '../errors/timeout-error.ts';
import type { ApiRequest } from './api-request.ts';

/** What was waited for. */
export type TimedRequest = Pick<ApiRequest, 'method' | 'path' | 'stream'>;

/**
 * Gives a wait that was too long its verdict. Without a connection nothing was sent. A stream that has not begun can be given up for another, while a whole
 * answer that takes long is probably still being written, and would be paid for twice.
 *
 * @param timer - which wait
 * @param request - what was waited for
 * @returns whether another try is worth it
 */
export function isRetryableTimer(timer: Timer, { method, stream }: TimedRequest): boolean {
  if (timer === 'total') return false;
  if (timer === 'connect' || method === 'GET') return true;
  return stream && timer === 'headers';
}
