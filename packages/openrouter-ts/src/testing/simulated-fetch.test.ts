import { describe, expect, it } from 'vitest';
import { cutAfter, hang, reply, Simulator, unreachable } from './index.ts';

const url = 'https://openrouter.ai/api/v1/chat/completions';
const body = '{"model":"openai/gpt-4o-mini","prompt":"Hi","stream":true}';
const request = { method: 'POST', headers: { authorization: 'Bearer key' }, body };

describe('the simulated fetch', () => {
  it('takes a Request as well as an address', async () => {
    const simulator = new Simulator();
    const response = await simulator.fetch(new Request(url, request));
    expect(await response.text()).toContain('data: [DONE]');
    expect(simulator.requests).toMatchObject([{ method: 'POST', bodyText: body }]);
  });

  it('fails as fetch does: with a TypeError whose cause says why', async () => {
    const call = new Simulator().next(unreachable('ENOTFOUND')).fetch(url, request);
    await expect(call).rejects.toBeInstanceOf(TypeError);
    await expect(call).rejects.toMatchObject({ message: 'fetch failed', cause: { code: 'ENOTFOUND' } });
  });

  it('ends a broken body as fetch does', async () => {
    const response = await new Simulator().next(cutAfter(reply('Hi'), { events: 1 })).fetch(url, request);
    await expect(response.text()).rejects.toMatchObject({ message: 'terminated', cause: { code: 'ECONNRESET' } });
  });

  it('rejects with the reason of the signal', async () => {
    const controller = new AbortController();
    const call = new Simulator()
      .next(hang({ before: 'headers' }))
      .fetch(url, { ...request, signal: controller.signal });
    controller.abort('enough');
    await expect(call).rejects.toBe('enough');
  });

  it('closes the connection when the body is cancelled', async () => {
    const simulator = new Simulator();
    const response = await simulator.fetch(url, request);
    await response.body?.cancel();
    expect(simulator.requests[0]?.closedByClient).toBe(true);
  });
});
