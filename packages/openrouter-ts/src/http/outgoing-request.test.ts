import { describe, expect, it } from 'vitest';
import { AbortScope } from '../util/abort-scope.ts';
import { OutgoingRequest, type OutgoingParts } from './outgoing-request.ts';
import type { TransportRequest } from './transport.ts';

function parts(changes: Partial<OutgoingParts> = {}): OutgoingParts {
  return {
    method: 'POST',
    url: 'https://example.com/x',
    headers: { a: 'b' },
    body: '{}',
    scope: new AbortScope(),
    progress: undefined,
    ...changes,
  };
}

describe('a request on its way', () => {
  it('is what it was made of', () => {
    expect(new OutgoingRequest(parts())).toMatchObject({
      method: 'POST',
      url: 'https://example.com/x',
      headers: { a: 'b' },
      body: '{}',
    });
  });

  it('ends with its attempt, by signal and by listener', () => {
    const scope = new AbortScope();
    const { signal, onAbort } = new OutgoingRequest(parts({ scope }));
    const told: unknown[] = [];
    onAbort((reason) => told.push(['first', reason]));
    const takeBack = onAbort((reason) => told.push(['second', reason]));
    takeBack();
    scope.abort('enough');
    expect(told).toEqual([['first', 'enough']]);
    expect([signal.aborted, signal.reason]).toEqual([true, 'enough']);
  });

  it('remembers what the transport told of the connection, and tells it on', () => {
    const told: unknown[] = [];
    const progress = {
      connected: (reused: boolean): void => {
        told.push(reused);
      },
    };
    const request = new OutgoingRequest(parts({ progress }));
    expect([request.connected, request.reused]).toEqual([false, false]);
    request.onConnected(true);
    expect([request.connected, request.reused]).toEqual([true, true]);
    request.onConnected(false);
    expect([request.connected, request.reused]).toEqual([true, false]);
    expect(told).toEqual([true, false]);
  });

  it('hears also a transport that was given a copy', () => {
    const request = new OutgoingRequest(parts({ progress: {} }));
    const given: TransportRequest = request;
    const copy = { ...given, headers: { more: 'x' } };
    copy.onConnected?.(true);
    expect(request.connected).toBe(true);
  });
});
