import { describe, expect, it } from 'vitest';
import { scriptedAttempt } from '../../tests/support/read-context.ts';
import { ProviderError, RateLimitError } from '../errors/status-errors.ts';
import { StreamProtocolError, StreamProviderError, StreamTruncatedError } from '../errors/stream-error.ts';
import { StreamInterruptedError } from '../errors/stream-interrupted-error.ts';
import type { Phase } from '../errors/phase.ts';
import { errorInStream, interrupted, notAChunk, truncated, type StreamPlace } from './stream-failure.ts';

const { response, context } = scriptedAttempt({ headers: { 'retry-after': '7' } });

function place(phase: Phase): StreamPlace {
  return { response, context, phase, generationId: 'gen-1' };
}

const error = {
  code: 502,
  message: 'Provider returned error',
  metadata: { provider_name: 'Acme', raw: '{"error":{"message":"overloaded"}}', error_type: 'provider_unavailable' },
};

describe('an error in a stream', () => {
  it('is an ordinary failure of the call before the first output', () => {
    const failure = errorInStream(error, place('answered'));
    expect(failure).toBeInstanceOf(ProviderError);
    expect(failure).toMatchObject({
      status: 502,
      code: 502,
      errorType: 'provider_unavailable',
      retryable: true,
      retryAfterMs: 7_000,
      phase: 'answered',
      billing: 'insured',
      generationId: 'gen-1',
    });
    expect(failure.message).toContain('POST /chat/completions');
    expect(failure.message).toContain('Provider returned error (Acme: overloaded)');
    expect((failure as ProviderError).headers).toBe(response.headers);
  });

  it('has the class that its code asks for before the first output', () => {
    expect(errorInStream({ code: 429, message: 'Slow down' }, place('answered'))).toBeInstanceOf(RateLimitError);
  });

  it('is worth another try when a gateway gave up, since a stream begins at once', () => {
    expect(errorInStream({ code: 524, message: 'Timeout' }, place('answered'))).toMatchObject({
      status: 524,
      retryable: true,
      billing: 'insured',
    });
  });

  it.each([['streaming'], ['finished']] as const)('is a failure of the provider when the stream is %s', (phase) => {
    const failure = errorInStream(error, place(phase));
    expect(failure).toBeInstanceOf(StreamProviderError);
    expect(failure).toMatchObject({
      status: 502,
      code: 502,
      errorType: 'provider_unavailable',
      providerName: 'Acme',
      body: error,
      retryable: false,
      phase,
      billing: 'insured',
      generationId: 'gen-1',
    });
    expect(failure.message).toBe(
      "The answer broke off: Provider returned error (Acme: overloaded). What had arrived is in the error's `partial`.",
    );
  });

  it('may have a word for a code, or only words', () => {
    expect(errorInStream({ code: 'server_error', message: 'It broke' }, place('streaming'))).toMatchObject({
      code: 'server_error',
      status: 500,
    });
    const failure = errorInStream('It broke', place('streaming'));
    expect(failure).toMatchObject({ code: undefined, status: undefined });
    expect(failure.message).toContain('It broke');
  });
});

describe('a stream that ended too early', () => {
  it('is worth another try before the first output, and costs nothing', () => {
    const failure = truncated(place('answered'));
    expect(failure).toBeInstanceOf(StreamTruncatedError);
    expect(failure).toMatchObject({ retryable: true, billing: 'insured', phase: 'answered', generationId: 'gen-1' });
    expect(failure.message).toBe('The stream ended before any output: neither a finish reason nor [DONE] came.');
  });

  it('is not tried again after the first output', () => {
    const failure = truncated(place('streaming'));
    expect(failure).toMatchObject({ retryable: false, billing: 'possible', phase: 'streaming', generationId: 'gen-1' });
    expect(failure.message).toBe(
      'The stream ended before the model had finished: neither a finish reason nor [DONE] came.',
    );
  });
});

describe('a stream whose connection broke', () => {
  const cause = new Error('ECONNRESET');

  it('is worth another try before the first output', () => {
    const failure = interrupted(cause, place('answered'));
    expect(failure).toBeInstanceOf(StreamInterruptedError);
    expect(failure).toMatchObject({
      cause,
      retryable: true,
      billing: 'possible',
      phase: 'answered',
      generationId: 'gen-1',
    });
    expect(failure.message).toBe('The connection broke before any output.');
  });

  it('is not tried again after the first output', () => {
    const failure = interrupted(cause, place('streaming'));
    expect(failure).toMatchObject({
      cause,
      retryable: false,
      billing: 'possible',
      phase: 'streaming',
      generationId: 'gen-1',
    });
    expect(failure.message).toBe('The connection broke in the middle of the answer.');
  });
});

it('says of an event that is not a chunk only that it is none', () => {
  const failure = notAChunk(place('streaming'));
  expect(failure).toBeInstanceOf(StreamProtocolError);
  expect(failure).toMatchObject({ retryable: false, billing: 'possible', phase: 'streaming', generationId: 'gen-1' });
  expect(failure.message).toBe('The stream held an event that is not a JSON object.');
});
