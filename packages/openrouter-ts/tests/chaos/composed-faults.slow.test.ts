import { describe, expect, it } from 'vitest';
import { chaosSeed, runChaos } from './support/run-chaos.ts';

/** Another each time; the title says which. */
const seed = chaosSeed(Math.floor(Date.now() / 1_000) % 1_000_000);

describe(`20,000 calls through composed faults (CHAOS_SEED=${seed})`, () => {
  it('keep every promise, however they end', async () => {
    const { missing, violations } = await runChaos({ seed, calls: 20_000 });
    expect(violations).toEqual([]);
    expect(missing).toEqual([]);
  });
});
