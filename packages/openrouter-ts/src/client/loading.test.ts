import { describe, expect, it } from 'vitest';
import { missingParts } from '../http/on-demand.ts';
import type { Transport } from '../http/transport.ts';
import type { ChatRequest } from '../wire/chat-request.ts';
import { OpenRouter } from './open-router.ts';

const request: ChatRequest = { model: 'm', messages: [{ role: 'user', content: 'Hi' }] };
const whole = '{"id":"gen-1","choices":[{"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}]}';
const events = `data: ${whole.replace('message', 'delta')}\n\ndata: [DONE]\n\n`;

/** What has been loaded beyond what was there before. */
function loadedSince(before: readonly string[]): readonly string[] {
  const missing = missingParts();
  return before.filter((name) => !missing.some((each) => each === name));
}

function clientWith(answer: string, status = 200): OpenRouter {
  const transport: Transport = async ({ headers }) => {
    const type = headers['accept'] === 'text/event-stream' && status === 200 ? 'text/event-stream' : 'application/json';
    const body = (async function* () {
      yield new TextEncoder().encode(answer);
    })();
    return { status, headers: { 'content-type': type }, body };
  };
  return new OpenRouter({ apiKey: 'k', transport, maxRetries: 0 });
}

// Each of these builds on what those before it have loaded, as in a program.
describe('a program that has just begun', () => {
  it('loads nothing for a call that is answered', async () => {
    const before = missingParts();
    const answer = await clientWith(whole).chat.create(request);
    expect(answer.choices[0]?.message.content).toBe('Hello');
    expect(loadedSince(before)).toEqual([]);
  });

  it('loads nothing for a stream that nobody wants any more', async () => {
    const before = missingParts();
    const asked = clientWith(events).chat.stream(request, { signal: AbortSignal.abort('enough') });
    await expect(asked).rejects.toBe('enough');
    expect(loadedSince(before)).toEqual([]);
  });

  it('loads what reads a stream with the first stream', async () => {
    const before = missingParts();
    const stream = await clientWith(events).chat.stream(request);
    expect((await stream.completion()).choices[0]?.message.content).toBe('Hello');
    expect(loadedSince(before)).toEqual(['streaming']);
  });

  it('loads what is behind the other endpoints with the first of them', async () => {
    const before = missingParts();
    expect(await clientWith('{"data":{"label":"a key"}}').key.get()).toEqual({ label: 'a key' });
    expect(loadedSince(before)).toEqual(['account']);
  });

  it('loads what keeps to limits with what asks other models: one of them may have a limit that the first has not', async () => {
    const before = missingParts();
    await clientWith(whole).chat.create(request, { fallbackModels: ['n:free'] });
    expect(loadedSince(before)).toEqual(['rates', 'fallback']);
  });

  it('loads what sends over a fetch before the first call that does', async () => {
    const before = missingParts();
    const json = { headers: { 'content-type': 'application/json' } };
    const client = new OpenRouter({ apiKey: 'k', fetch: async () => new Response(whole, json) });
    expect(loadedSince(before)).toEqual([]);
    expect((await client.chat.create(request)).choices[0]?.message.content).toBe('Hello');
    expect(loadedSince(before)).toEqual(['fetch']);
  });

  it('loads what it wants to have beforehand', async () => {
    const before = missingParts();
    await OpenRouter.preload('events');
    expect(loadedSince(before)).toEqual(['events']);
    await OpenRouter.preload();
    expect(missingParts()).toEqual([]);
  });
});
