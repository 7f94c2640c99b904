import { describe, expect, it } from 'vitest';
import type { TransportRequest, TransportResponse } from '../http/transport.ts';
import { AbortScope } from '../util/abort-scope.ts';
import {
  cut,
  cutAfter,
  FakeClock,
  hang,
  hangAfter,
  late,
  reply,
  reset,
  resetAfter,
  script,
  Simulator,
  slowDrip,
  unreachable,
} from './index.ts';
import type { RequestState, SimulatedResponse } from './index.ts';

interface Sending extends Partial<TransportRequest> {
  readonly stream?: boolean;
}

function send(simulator: Simulator, { stream = false, ...more }: Sending = {}): Promise<TransportResponse> {
  const request = { model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }], stream };
  return simulator.transport({
    method: 'POST',
    url: 'https://openrouter.ai/api/v1/chat/completions',
    headers: { authorization: 'Bearer key' },
    body: JSON.stringify(request),
    signal: new AbortController().signal,
    ...more,
  });
}

async function read({ body }: TransportResponse): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of body) text += decoder.decode(bytes, { stream: true });
  return text;
}

function stateOf(simulator: Simulator): RequestState | undefined {
  return simulator.requests[0]?.state;
}

describe('the in-process transport', () => {
  it('delivers status, headers and body, and records what was sent', async () => {
    const simulator = new Simulator();
    const response = await send(simulator);
    expect(response.status).toBe(200);
    const text = await read(response);
    expect(simulator.requests).toMatchObject([
      { state: 'complete', sentBytes: Buffer.byteLength(text), closedByClient: false },
    ]);
  });

  it('takes bytes as a body as well as text', async () => {
    const simulator = new Simulator();
    await send(simulator, { body: new TextEncoder().encode('{"messages":[]}') });
    expect(simulator.requests[0]?.json).toEqual({ messages: [] });
  });

  it.each<[string, SimulatedResponse, string]>([
    ['is refused', unreachable(), 'ECONNREFUSED'],
    ['has no name', unreachable('ENOTFOUND'), 'ENOTFOUND'],
    ['is reset before the headers', reset(), 'ECONNRESET'],
    ['is closed before the headers', cut(), 'ECONNRESET'],
    ['does not speak HTTP', script({ type: 'raw', data: 'SSH-2.0-OpenSSH_9.9\r\n' }), 'HPE_INVALID_CONSTANT'],
  ])('rejects with the code of the system when the connection %s', async (_, response, code) => {
    const simulator = new Simulator().next(response);
    await expect(send(simulator)).rejects.toMatchObject({ code });
    expect(stateOf(simulator)).toBe('broken');
  });

  it.each([
    ['reset', resetAfter],
    ['closed', cutAfter],
  ])('delivers what came before the connection was %s, and then throws', async (_, broken) => {
    const simulator = new Simulator().next(broken(reply('One two three'), { events: 2 }));
    const { body } = await send(simulator, { stream: true });
    const pieces: string[] = [];
    const reading = (async () => {
      for await (const bytes of body) pieces.push(new TextDecoder().decode(bytes));
    })();
    await expect(reading).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(pieces.filter((piece) => piece.startsWith('data:'))).toHaveLength(2);
  });

  it('says whether a connection is new or served a request before', async () => {
    const simulator = new Simulator().next(unreachable());
    const seen: boolean[] = [];
    const onConnected = (reused: boolean): void => void seen.push(reused);
    await send(simulator, { onConnected }).catch(() => undefined);
    await read(await send(simulator, { onConnected }));
    await read(await send(simulator, { onConnected }));
    expect(seen).toEqual([false, true]);
    expect(simulator.transport.reportsConnection).toBe(true);
  });

  it('tells a script that forgot its headers so', async () => {
    const simulator = new Simulator().next(script({ type: 'write', data: 'x' }));
    await expect(send(simulator)).rejects.toThrow('does not send its headers first');
  });
});

describe('a call that is aborted', () => {
  const reason = new Error('enough');

  it('never arrives when it was aborted before', async () => {
    const simulator = new Simulator();
    const scope = new AbortScope();
    scope.abort(reason);
    await expect(send(simulator, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await expect(send(simulator, { onAbort: (listener) => scope.onAbort(listener) })).rejects.toBe(reason);
    expect(simulator.requests).toEqual([]);
  });

  it.each<[string, SimulatedResponse]>([
    ['silent', hang({ before: 'headers' })],
    ['late', late(reply('Hi'), 1_000)],
  ])('rejects with its reason at once while the server is %s', async (_, response) => {
    const clock = new FakeClock();
    const simulator = new Simulator({ clock }).next(response);
    const controller = new AbortController();
    const call = send(simulator, { signal: controller.signal });
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    expect(stateOf(simulator)).toBe('closedByClient');
    expect(clock.pendingTimers).toBe(0);
  });

  it.each<[string, SimulatedResponse]>([
    ['silent', hangAfter(reply('Hi'), { events: 1 })],
    ['slow', slowDrip(reply('Hi'), { everyMs: 1_000 })],
    ['done but still there', hangAfter(reply('Hi'))],
  ])('ends the reading with its reason while the server is %s', async (_, response) => {
    const simulator = new Simulator({ clock: new FakeClock() }).next(response);
    const scope = new AbortScope();
    const reading = read(await send(simulator, { stream: true, onAbort: (listener) => scope.onAbort(listener) }));
    expect(stateOf(simulator)).toBe('open');
    queueMicrotask(() => scope.abort(reason));
    await expect(reading).rejects.toBe(reason);
    await simulator.requests[0]?.over;
    expect(simulator.requests[0]?.closedByClient).toBe(true);
  });

  it('is closed at once even if nobody is reading', async () => {
    const simulator = new Simulator();
    const controller = new AbortController();
    await send(simulator, { stream: true, signal: controller.signal });
    controller.abort();
    expect(stateOf(simulator)).toBe('closedByClient');
  });
});

describe('a reader that needs no more', () => {
  it('closes the connection in the middle of the answer', async () => {
    const simulator = new Simulator();
    for await (const _ of (await send(simulator, { stream: true })).body) break;
    expect(stateOf(simulator)).toBe('closedByClient');
  });

  it('leaves the connection as it is when only the end was missing', async () => {
    const simulator = new Simulator();
    const { body } = await send(simulator, { stream: true });
    for await (const bytes of body) if (new TextDecoder().decode(bytes) === 'data: [DONE]\n\n') break;
    expect(stateOf(simulator)).toBe('complete');
  });

  it('need not wait for a read that never ends', async () => {
    const simulator = new Simulator().next(hang({ before: 'content' }));
    const { body } = await send(simulator, { stream: true });
    const iterator = body[Symbol.asyncIterator]();
    await iterator.next();
    const stuck = iterator.next();
    await iterator.return?.();
    await expect(stuck).rejects.toThrow('stopped reading');
    expect(stateOf(simulator)).toBe('closedByClient');
  });
});
