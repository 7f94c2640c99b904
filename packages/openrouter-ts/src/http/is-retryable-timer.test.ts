import { expect, it } from 'vitest';
import type { Timer } from '../errors/timeout-error.ts';
import { isRetryableTimer, type TimedRequest } from './is-retryable-timer.ts';

const whole: TimedRequest = { method: 'POST', path: '/chat/completions', stream: false };
const stream: TimedRequest = { ...whole, stream: true };
const read: TimedRequest = { method: 'GET', path: '/models', stream: false };

it.each<readonly [timer: Timer, whole: boolean, stream: boolean, read: boolean]>([
  ['connect', true, true, true],
  ['headers', false, true, true],
  ['first-content', false, false, true],
  ['idle-bytes', false, false, true],
  ['idle-data', false, false, true],
  ['total', false, false, false],
])('after %s another try is worth it for a whole answer: %s, a stream: %s, a read: %s', (timer, ...verdicts) => {
  expect([whole, stream, read].map((request) => isRetryableTimer(timer, request))).toEqual(verdicts);
});
