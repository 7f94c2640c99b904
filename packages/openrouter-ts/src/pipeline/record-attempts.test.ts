import { describe, expect, it } from 'vitest';
import { apiRequest, outcomeOf } from '../../tests/support/api-request.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { toApiError } from '../http/to-api-error.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { OpenRouterError } from '../errors/open-router-error.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { recordAttempts } from './record-attempts.ts';

const epochMs = Date.UTC(2026, 0, 1);

/** A clock that has run for some time already. */
async function clockAt(nowMs: number): Promise<FakeClock> {
  const clock = new FakeClock({ epochMs: nowMs - 1_000 });
  await clock.advance(1_000);
  return clock;
}

/** Lets an attempt of some request fail after 250 milliseconds. */
async function fail(error: unknown, request: ApiRequest = apiRequest()): Promise<ApiRequest> {
  const clock = await clockAt(epochMs);
  const attempt = recordAttempts(clock)(request, async () => {
    await clock.advance(250);
    throw error;
  });
  await expect(attempt).rejects.toBe(error);
  return request;
}

describe('the trail of a call', () => {
  it('tells of a good attempt', async () => {
    const clock = await clockAt(epochMs);
    const request = apiRequest({ body: { model: 'openai/gpt-4o-mini' } });
    const response = { ...outcomeOf(1).response, status: 201, generationId: 'gen-1' };
    const outcome = outcomeOf('answer', { response });
    const attempt = recordAttempts(clock)(request, async (handed) => {
      expect(handed).toBe(request);
      await clock.advance(250);
      return outcome;
    });
    expect(await attempt).toBe(outcome);
    expect(request.attempts).toEqual([
      {
        number: 1,
        model: 'openai/gpt-4o-mini',
        startedAt: epochMs,
        durationMs: 250,
        status: 201,
        generationId: 'gen-1',
      },
    ]);
  });

  it('tells of one that failed', async () => {
    const error = new ConnectionError('broken', {
      failure: 'network',
      phase: 'sent',
      billing: 'possible',
      generationId: 'gen-1',
    });
    const { attempts } = await fail(error);
    const failure = { failure: 'connection', phase: 'sent', billing: 'possible', generationId: 'gen-1' };
    expect(attempts).toEqual([
      { number: 1, model: undefined, startedAt: epochMs, durationMs: 250, status: undefined, ...failure },
    ]);
  });

  it('tells the status of one that was refused', async () => {
    const error = toApiError({
      operation: 'POST /chat/completions',
      httpStatus: 429,
      headers: {},
      error: { code: 429, message: 'Slow down' },
      phase: 'answered',
      generationId: undefined,
      now: epochMs,
      stream: false,
    });
    const { attempts } = await fail(error);
    expect(attempts).toMatchObject([{ number: 1, status: 429, failure: error.kind, phase: 'answered' }]);
  });

  it('has no status where an error has something else of that name', async () => {
    const error = Object.assign(new OpenRouterError('odd', 'odd'), { status: 'odd' });
    const { attempts } = await fail(error);
    expect(attempts).toMatchObject([{ failure: 'odd', status: undefined }]);
  });

  it.each([['a reason of its own'], [new Error('enough')], [undefined]])(
    'tells that the caller ended it with %s, and nothing more',
    async (reason) => {
      const { attempts } = await fail(reason);
      expect(attempts).toEqual([
        { number: 1, model: undefined, startedAt: epochMs, durationMs: 250, failure: 'aborted' },
      ]);
    },
  );

  it('knows no model where the request names none', async () => {
    const { attempts } = await fail(new Error('broken'), apiRequest({ body: { model: 1 } }));
    expect(attempts).toMatchObject([{ model: undefined }]);
  });

  it('grows with every attempt, and its error carries it', async () => {
    const request = apiRequest();
    const errors = [new ConnectionError('one', { failure: 'network' }), new ConnectionError('two', { failure: 'dns' })];
    for (const error of errors) await fail(error, request);
    expect(request.attempts.map(({ number }) => number)).toEqual([1, 2]);
    expect(errors[1]?.attempts).toEqual(request.attempts);
  });
});
