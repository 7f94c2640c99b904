import { describe, expect, it, onTestFinished } from 'vitest';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { outcomeOf } from '../../tests/support/api-request.ts';
import { pendingCall } from './pending-call.ts';

/** Collects what nobody listens to, in the place of the process, which would end. */
function unhandled(): unknown[] {
  const reasons: unknown[] = [];
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  const note = (reason: unknown): void => {
    reasons.push(reason);
  };
  process.on('unhandledRejection', note);
  onTestFinished(() => {
    process.off('unhandledRejection', note);
    for (const listener of listeners) process.on('unhandledRejection', listener);
  });
  return reasons;
}

const broken = new Error('broken');

describe('a call under way', () => {
  it('is a promise of the answer', async () => {
    const call = pendingCall(Promise.resolve(outcomeOf({ id: 1 })));
    expect(call).toBeInstanceOf(Promise);
    expect(await call).toEqual({ id: 1 });
  });

  it('can tell what came beside the answer, as often as it is asked', async () => {
    const outcome = outcomeOf({ id: 1 });
    const call = pendingCall(Promise.resolve(outcome));
    const expected = { data: outcome.value, response: outcome.response };
    expect(await call.withResponse()).toEqual(expected);
    expect(await call.withResponse()).toEqual(expected);
    expect(await call).toBe(outcome.value);
  });

  it('fails as it does, whichever way it is asked', async () => {
    const call = pendingCall(Promise.reject(broken));
    await expect(call.withResponse()).rejects.toBe(broken);
    await expect(call).rejects.toBe(broken);
  });
});

describe('the failure of a call', () => {
  it('is heard through the promise that was asked for, and missed by nobody else', async () => {
    const reasons = unhandled();
    await expect(pendingCall(Promise.reject(broken)).withResponse()).rejects.toBe(broken);
    await expect(pendingCall(Promise.reject(broken))).rejects.toBe(broken);
    await nextTurn();
    expect(reasons).toEqual([]);
  });

  it('is not hidden from a program that listens to neither', async () => {
    const reasons = unhandled();
    void pendingCall(Promise.reject(broken));
    await nextTurn();
    expect(reasons).toEqual([broken]);
    void pendingCall(Promise.reject(broken)).withResponse();
    await nextTurn();
    expect(reasons).toEqual([broken, broken]);
  });
});
