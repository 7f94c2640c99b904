import { describe, expect, it } from 'vitest';
import { OpenRouter } from '../client/open-router.ts';
import { FakeClock, Simulator } from '../testing/index.ts';
import { storeOf } from './open-store.ts';
import type { CatalogueOptions } from './catalogue-options.ts';

function setup(options?: CatalogueOptions) {
  const simulator = new Simulator();
  const clock = new FakeClock();
  const { models } = new OpenRouter({ apiKey: 'k', transport: simulator.transport, clock });
  return { simulator, clock, open: storeOf(models, clock, options) };
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
});
