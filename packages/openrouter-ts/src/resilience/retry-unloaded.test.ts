import { describe, expect, it, vi } from 'vitest';
import { apiRequest, outcomeOf } from '../../tests/support/api-request.ts';
import { lost } from '../../tests/support/failures.ts';
import type { Handler } from '../pipeline/middleware.ts';
import { AbortScope } from '../util/abort-scope.ts';
import { systemClock } from '../util/clock.ts';
import { retry, retriesPart } from './retry.ts';
import { RetryBudget } from './retry-budget.ts';

function retrying(next: Handler<string>, scope: AbortScope = new AbortScope()) {
  const options = {
    maxRetries: 2,
    ambiguous: 'once',
    maxRetryWaitMs: 1_000,
    budget: new RetryBudget(),
    clock: systemClock,
    random: () => 0,
  } as const;
  return retry(options)(apiRequest({ scope }), next);
}

const empty = outcomeOf('nothing', { response: { ...outcomeOf('').response, warnings: ['empty'] } });

describe('retries that cannot be loaded', () => {
  it('are not needed for a call that succeeds', async () => {
    const load = vi.spyOn(retriesPart, 'load');
    expect((await retrying(async () => outcomeOf('good'))).value).toBe('good');
    expect(load).not.toHaveBeenCalled();
  });

  it('leave a failure as it is, and say why it was not tried again', async () => {
    vi.spyOn(retriesPart, 'load').mockRejectedValue(new Error('no network'));
    await expect(retrying(() => Promise.reject(lost()))).rejects.toMatchObject({ retryStopped: 'load' });
    const final = lost('unsent', { retryable: false });
    await expect(retrying(() => Promise.reject(final))).rejects.toBe(final);
    expect(final.retryStopped).toBeUndefined();
    await expect(retrying(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });

  it('leave an answer without output as it is', async () => {
    vi.spyOn(retriesPart, 'load').mockRejectedValue(new Error('no network'));
    expect(await retrying(async () => empty)).toBe(empty);
  });

  it('do not make an answer of a call that ends while they are loaded', async () => {
    const scope = new AbortScope();
    vi.spyOn(retriesPart, 'load').mockImplementation(() => {
      scope.abort('enough');
      return Promise.reject(new Error('no network'));
    });
    await expect(retrying(async () => empty, scope)).rejects.toBe('enough');
  });

  it('are not waited for when the call has ended', async () => {
    const scope = new AbortScope();
    const call = retrying(async () => {
      scope.abort('enough');
      throw lost();
    }, scope);
    await expect(call).rejects.toBe('enough');
  });
});
