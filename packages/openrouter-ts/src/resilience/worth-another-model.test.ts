import { describe, expect, it } from 'vitest';
import { lost, refused, throttled, timedOut, unreadable } from '../../tests/support/failures.ts';
import { ConfigError } from '../errors/config-error.ts';
import { LimitExceededError } from '../errors/limit-exceeded-error.ts';
import type { OpenRouterError } from '../errors/open-router-error.ts';
import { StreamProtocolError, StreamProviderError, StreamTruncatedError } from '../errors/stream-error.ts';
import { StreamInterruptedError } from '../errors/stream-interrupted-error.ts';
import { worthAnotherModel } from './worth-another-model.ts';

const details = { phase: 'answered' } as const;
const yes = { free: true, paid: true };
const no = { free: false, paid: false };
const paidOnly = { free: false, paid: true };

describe('another model', () => {
  it.each<readonly [what: string, error: OpenRouterError, worth: { readonly free: boolean; readonly paid: boolean }]>([
    ['the free requests of the day are used up', throttled('account-day'), paidOnly],
    ['the free requests of the minute are used up', throttled('account-minute'), paidOnly],
    ['the model is used up for the day', throttled('model-day'), yes],
    ['the model asks for a pause', throttled('model-minute'), yes],
    ['the provider is busy', throttled('provider'), yes],
    ['a limit is not named', throttled('unknown'), yes],
    ['the network refuses', throttled('edge'), no],
    ['the request is wrong', refused(400, { message: 'temperature must be a number' }), no],
    ['the messages are too long', refused(400, { metadata: { error_type: 'context_length_exceeded' } }), yes],
    [
      'the messages are too long, in words',
      refused(400, { message: "This endpoint's maximum context length is 8192 tokens" }),
      yes,
    ],
    ['the context window is too small', refused(400, { message: 'input exceeds the context window' }), yes],
    ['the model does not exist', refused(400, { message: 'foo/bar is not a valid model ID' }), yes],
    ['the model was not found', refused(400, { metadata: { error_type: 'model_not_found' } }), yes],
    ['the models were lost on the way', refused(400, { message: 'No models provided' }), yes],
    ['the key is wrong', refused(401), no],
    ['the account is empty', refused(402), no],
    ['moderation refuses', refused(403, { metadata: { reasons: ['violence'] } }), yes],
    ['the key has spent what it may', refused(403, { message: 'Key limit exceeded (total limit)' }), no],
    [
      'the key is not a management key',
      refused(403, { message: 'Only management keys can do this: management key required' }),
      no,
    ],
    ['no provider is left', refused(404), yes],
    ['the server lost patience', refused(408), yes],
    ['two requests are in conflict', refused(409), no],
    ['the request is too large', refused(413), no],
    ['the request is unprocessable', refused(422), no],
    ...[500, 502, 503, 504, 520, 524, 529].map((status) => [`it is a ${status}`, refused(status), yes] as const),
    ['the name of the server does not exist', lost('unsent', { code: 'ENOTFOUND' }), no],
    ['there is no connection', lost(), no],
    ['the connection was lost', lost('sent'), no],
    ['the connection took too long', timedOut('connect', 'unsent', true), no],
    ['the answer took too long', timedOut('headers', 'sent', false), yes],
    ['the first output took too long', timedOut('first-content', 'answered', false), yes],
    ['nothing came for too long', timedOut('idle-bytes', 'answered', false), yes],
    ['only keep-alives came', timedOut('idle-data', 'answered', false), yes],
    ['the whole call took too long', timedOut('total', 'answered', false), no],
    ['the body was empty', unreadable('empty'), yes],
    ['a web page came', unreadable('html'), no],
    ['the stream ended before its first output', new StreamTruncatedError('', details), yes],
    ['the stream broke before its first output', new StreamInterruptedError('', details), yes],
    ['the stream held something else', new StreamProtocolError('', details), yes],
    ['the provider died in its answer', new StreamProviderError('', details), yes],
    ['there was too much of it', new LimitExceededError('', { limit: 1 }), no],
    ['an option is wrong', new ConfigError('no'), no],
  ])('is asked or not where %s', (_what, error, worth) => {
    expect({ free: worthAnotherModel(error, 'x:free'), paid: worthAnotherModel(error, 'x') }).toEqual(worth);
  });
});
