import { describe, expect, it } from 'vitest';
import { chaosSeed, expectedEvents, runChaos } from './support/run-chaos.ts';

const seed = chaosSeed(1);

describe(`2,000 calls through composed faults (CHAOS_SEED=${seed})`, () => {
  it('keep every promise, however they end', { timeout: 60_000 }, async () => {
    const { calls, counts, violations } = await runChaos({ seed, calls: 2_000 });
    expect(violations).toEqual([]);
    if (calls === 2_000) expect(Object.keys(counts)).toEqual(expect.arrayContaining([...expectedEvents]));
  });
});
