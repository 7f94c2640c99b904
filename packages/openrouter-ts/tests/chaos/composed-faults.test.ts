import { describe, expect, it } from 'vitest';
import { chaosSeed, runChaos } from './support/run-chaos.ts';

const seed = chaosSeed(1);

describe(`2,000 calls through composed faults (CHAOS_SEED=${seed})`, () => {
  it('keep every promise', { timeout: 100_000 }, async () => {
    const { counts, violations } = await runChaos({ seed, calls: Number(process.env.N ?? 2_000) });
    console.log(counts);
    expect(violations).toEqual([]);
  });
});
