import { getEventListeners } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deferred } from '../../tests/support/deferred.ts';
import { ConfigError } from '../errors/config-error.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { Settlement } from '../http/outcome.ts';
import type { TransportRequest } from '../http/transport.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { createCall, prepareCalls, type Call } from './call.ts';
import type { Middleware } from './middleware.ts';
import type { Operation } from './operation.ts';
import { outcomeOf } from '../../tests/support/api-request.ts';

interface Calls {
  readonly call: Call;
  /** What was sent. */
  readonly sent: TransportRequest[];
}

/** Makes calls that are answered at once, and whose policies are these. */
function calls(...policies: readonly Middleware[]): Calls {
  const sent: TransportRequest[] = [];
  const prepare = prepareCalls(policies, {
    transport: async (request) => {
      sent.push(request);
      return { status: 200, headers: {}, body: (async function* nothing() {})() };
    },
    baseUrl: 'https://openrouter.ai/api/v1',
    headersFor: ({ headers }) => ({ ...headers }),
    clock: new FakeClock(),
    limits: { eventBytes: 1_000, answerBytes: 1_000, errorBytes: 1_000 },
  });
  return { call: createCall(prepare), sent };
}

const operation: Operation<string> = { method: 'GET', path: '/models', read: async () => outcomeOf('answer') };

describe('a call', () => {
  it('sends its operation and gives what its reader makes of the answer', async () => {
    const { call, sent } = calls();
    const answer = call({ ...operation, method: 'POST', path: '/chat', query: '?a=1', body: { model: 'x' } });
    expect(await answer).toBe('answer');
    expect(await answer.withResponse()).toMatchObject({ data: 'answer', response: { status: 200 } });
    const url = 'https://openrouter.ai/api/v1/chat?a=1';
    expect(sent).toMatchObject([{ method: 'POST', url, body: '{"model":"x"}' }]);
  });

  it('passes through the policies', async () => {
    const seen: ApiRequest[] = [];
    const { call } = calls((request, next) => {
      seen.push(request);
      return next(request);
    });
    await call({ ...operation, body: { model: 'x' }, query: '?a=1' });
    await call({ ...operation, stream: true }, { timeoutMs: 5, headers: { 'X-Own': '1' } });
    const { method, path } = operation;
    const common = { method, path, deadlineAt: undefined, attempts: [], progress: undefined };
    expect(seen).toMatchObject([
      { ...common, query: '?a=1', body: { model: 'x' }, stream: false, settings: {}, headers: undefined },
      {
        ...common,
        query: undefined,
        body: undefined,
        stream: true,
        settings: { timeoutMs: 5 },
        headers: { 'x-own': '1' },
      },
    ]);
    expect(seen[0]?.attempts).not.toBe(seen[1]?.attempts);
  });

  it('is refused before anything is sent when its check fails', async () => {
    const { call, sent } = calls();
    const error = new ConfigError('no');
    const check = (): never => {
      throw error;
    };
    await expect(call({ ...operation, check })).rejects.toBe(error);
    await expect(call({ ...operation, check: () => undefined })).resolves.toBe('answer');
    expect(sent).toHaveLength(1);
  });

  it.each([0, -1, Number.NaN, '5'])('is refused before anything is sent when it may take %j', async (timeoutMs) => {
    const { call, sent } = calls();
    await expect(call(operation, { timeoutMs: timeoutMs as number })).rejects.toThrow(/^timeoutMs must be a number/);
    expect(sent).toEqual([]);
  });

  it('is refused before anything is sent when a header cannot be', async () => {
    const { call, sent } = calls();
    await expect(call(operation, { headers: { 'x-own': 'a\nb' } })).rejects.toBeInstanceOf(ConfigError);
    expect(sent).toEqual([]);
  });
});

describe('a call with a signal', () => {
  it('that has aborted before rejects with its reason, and does not even check', async () => {
    const { call, sent } = calls();
    const reason = { just: 'because' };
    const checked: string[] = [];
    const check = (): unknown => checked.push('checked');
    await expect(call({ ...operation, check }, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect([checked, sent]).toEqual([[], []]);
  });

  it('that aborts on the way rejects with its reason', async () => {
    const controller = new AbortController();
    const { call } = calls((request, next) => {
      controller.abort('enough');
      return next(request);
    });
    await expect(call(operation, { signal: controller.signal })).rejects.toBe('enough');
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('listens to it until the call is settled, which may be long after the answer', async () => {
    const { signal } = new AbortController();
    const settled = deferred<Settlement>();
    const { call } = calls();
    await call({ ...operation, read: async () => outcomeOf('stream', { settled: settled.promise }) }, { signal });
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    settled.resolve({});
    await settled.promise;
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it.each<[what: string, policies: readonly Middleware[], changes: Partial<Operation<string>>]>([
    ['its reader fails', [], { read: () => Promise.reject(new Error('broken')) }],
    ['a policy refuses it', [() => Promise.reject(new Error('refused'))], {}],
    [
      'a policy is broken',
      [
        () => {
          throw new Error('thrown');
        },
      ],
      {},
    ],
  ])('does not listen to it any more when %s', async (_what, policies, changes) => {
    const { signal } = new AbortController();
    const { call } = calls(...policies);
    await expect(call({ ...operation, ...changes }, { signal })).rejects.toThrow(/broken|refused|thrown/);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('can be one of thousands with the same one', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): unknown => warnings.push(warning);
    process.on('warning', note);
    onTestFinished(() => void process.off('warning', note));
    const { signal } = new AbortController();
    const { call, sent } = calls();
    for (let batch = 0; batch < 20; batch += 1) {
      await Promise.all(Array.from({ length: 100 }, () => call(operation, { signal })));
    }
    await new Promise(setImmediate);
    expect(sent).toHaveLength(2_000);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(warnings).toEqual([]);
  });
});
