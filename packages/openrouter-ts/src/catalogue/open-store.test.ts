import { describe, expect, it, vi } from 'vitest';
import { OpenRouter } from '../client/open-router.ts';
import { FakeClock, Simulator } from '../testing/index.ts';
import { unlessAborted } from '../util/unless-aborted.ts';
import { cataloguePart, storeOf } from './open-store.ts';
import type { CatalogueOptions } from './catalogue-options.ts';

const request = { model: 'a/b', messages: [{ role: 'user' as const, content: 'Hi' }] };

function setup(options?: CatalogueOptions) {
  const simulator = new Simulator();
  const clock = new FakeClock();
  const client = new OpenRouter({ apiKey: 'k', transport: simulator.transport, clock, budget: { usd: 1 } });
  return { client, simulator, clock, open: storeOf(client.models, clock, options) };
}

describe('the store of a client', () => {
  it('is the same for everybody, and asks nobody until it is asked', async () => {
    const { simulator, open } = setup();
    const [one, other] = await Promise.all([open(), open()]);
    expect(one).toBe(other);
    expect(await open()).toBe(one);
    expect(simulator.requests).toEqual([]);
  });

  it.each([
    [undefined, 300_000],
    [{ ttlMs: 1_000 }, 1_000],
  ] as const)('remembers for as long as it is told: %j', async (options, ttlMs) => {
    const { simulator, clock, open } = setup(options);
    const look = async () => (await open()).models(new AbortController().signal);
    await look();
    await clock.advance(ttlMs - 1);
    await look();
    expect(simulator.requests).toHaveLength(1);
    await clock.advance(2);
    await look();
    expect(simulator.requests).toHaveLength(2);
  });

  it.each([
    ['find', (client: OpenRouter, signal: AbortSignal) => client.models.find({}, { signal })],
    ['chooseFallbacks', (client: OpenRouter, signal: AbortSignal) => client.models.chooseFallbacks('a/b', { signal })],
    ['suggest', (client: OpenRouter, signal: AbortSignal) => client.models.suggest('a/b', { signal })],
    ['estimate', (client: OpenRouter, signal: AbortSignal) => client.estimate(request, { signal })],
    ['check', (client: OpenRouter, signal: AbortSignal) => client.check(request, { signal })],
    ['a call with a budget', (client: OpenRouter, signal: AbortSignal) => client.chat.create(request, { signal })],
  ])('is waited for no longer than %s wants while it is loaded', async (_what, ask) => {
    vi.spyOn(cataloguePart, 'load').mockImplementation((ending) =>
      unlessAborted(new Promise(() => undefined), ending!),
    );
    const { client, simulator } = setup();
    const controller = new AbortController();
    const asked = ask(client, controller.signal);
    setImmediate(() => {
      controller.abort('enough');
    });
    await expect(asked).rejects.toBe('enough');
    expect(simulator.requests).toEqual([]);
  });
});
