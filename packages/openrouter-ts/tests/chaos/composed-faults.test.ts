import { describe, expect, it } from 'vitest';
import { chaosSeed, runChaos } from './support/run-chaos.ts';

const seed = chaosSeed(1);

describe(`2,000 calls through composed faults (CHAOS_SEED=${seed})`, () => {
  it('keep every promise, however they end', { timeout: 60_000 }, async () => {
    const { missing, violations } = await runChaos({ seed, calls: 2_000 });
    expect(violations).toEqual([]);
    expect(missing).toEqual([]);
  });
});
