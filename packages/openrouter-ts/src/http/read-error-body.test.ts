import { describe, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { AbortScope } from '../util/abort-scope.ts';
import { readErrorBody } from './read-error-body.ts';
import type { TransportResponse } from './transport.ts';

interface Step {
  readonly text?: string;
  readonly error?: Error;
  readonly stall?: boolean;
}

interface Script {
  readonly response: TransportResponse;
  readonly calls: string[];
}

/** A body that does one step each time it is asked, and notes that it was. */
function script(...steps: readonly Step[]): Script {
  const calls: string[] = [];
  let at = 0;
  const next = (): Promise<IteratorResult<Uint8Array>> => {
    calls.push('next');
    const step = steps[at];
    at += 1;
    if (step === undefined) return Promise.resolve({ done: true, value: undefined });
    if (step.error !== undefined) return Promise.reject(step.error);
    if (step.stall === true) return new Promise(() => undefined);
    return Promise.resolve({ done: false, value: Buffer.from(step.text ?? '') });
  };
  const giveBack = (): Promise<IteratorResult<Uint8Array>> => {
    calls.push('return');
    return Promise.reject(new Error('nobody hears this'));
  };
  return {
    response: { status: 500, headers: {}, body: { [Symbol.asyncIterator]: () => ({ next, return: giveBack }) } },
    calls,
  };
}

function options(errorBytes = 1000): {
  readonly errorBytes: number;
  readonly clock: FakeClock;
  readonly scope: AbortScope;
} {
  return { errorBytes, clock: new FakeClock(), scope: new AbortScope() };
}

describe('the body of an error', () => {
  it('is read to its end', async () => {
    const { response, calls } = script({ text: '{"err' }, { text: 'or":1}' });
    const given = options();
    await expect(readErrorBody(response, given)).resolves.toBe('{"error":1}');
    expect(calls).toEqual(['next', 'next', 'next', 'return']);
    expect(given.clock.pendingTimers).toBe(0);
  });

  it('is read up to the limit, and not a byte further', async () => {
    const { response, calls } = script({ text: '1234' }, { text: '5678' }, { text: '9' });
    await expect(readErrorBody(response, options(6))).resolves.toBe('123456');
    expect(calls).toEqual(['next', 'next', 'return']);
    await expect(readErrorBody(script({ text: '1234' }, { text: '5678' }).response, options(8))).resolves.toBe(
      '12345678',
    );
  });

  it('is what came before it broke off', async () => {
    const { response, calls } = script({ text: '{"err' }, { error: new Error('reset') });
    const given = options();
    await expect(readErrorBody(response, given)).resolves.toBe('{"err');
    expect(calls).toEqual(['next', 'next', 'return']);
    expect(given.clock.pendingTimers).toBe(0);
  });

  it('is what came within five seconds, where it stalls', async () => {
    const { response, calls } = script({ text: '{"err' }, { stall: true });
    const given = options();
    const done: string[] = [];
    const read = readErrorBody(response, given).then((text) => done.push(text));
    await given.clock.advance(4999);
    expect(done).toEqual([]);
    await given.clock.advance(1);
    expect(done).toEqual(['{"err']);
    expect(calls).toEqual(['next', 'next', 'return']);
    await read;
  });

  it('is what came before the call ended', async () => {
    const { response } = script({ text: '{"err' }, { stall: true });
    const given = options();
    const read = readErrorBody(response, given);
    await given.clock.advance(0);
    given.scope.abort(new Error('enough'));
    await expect(read).resolves.toBe('{"err');
    expect(given.clock.pendingTimers).toBe(0);
  });

  it('is not waited for where the call has ended already', async () => {
    const given = options();
    given.scope.abort(new Error('enough'));
    await expect(readErrorBody(script({ stall: true }).response, given)).resolves.toBe('');
  });

  it('needs nothing of a body but its bytes', async () => {
    const next = (): Promise<IteratorResult<Uint8Array>> => Promise.resolve({ done: true, value: undefined });
    const response = { status: 500, headers: {}, body: { [Symbol.asyncIterator]: () => ({ next }) } };
    await expect(readErrorBody(response, options())).resolves.toBe('');
  });
});
