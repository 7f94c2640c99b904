import { describe, expect, it } from 'vitest';
import { between, randomText, seededRandom } from './seeded-random.ts';

describe('seededRandom', () => {
  it('repeats itself for the same seed and differs for another', () => {
    const draw = (seed: number): string => randomText(seededRandom(seed), 20);
    expect(draw(7)).toBe(draw(7));
    expect(draw(7)).not.toBe(draw(8));
  });

  it('spreads evenly enough to be called random', () => {
    const random = seededRandom(1);
    const counts = [0, 0, 0, 0];
    for (let index = 0; index < 4_000; index += 1) {
      const bucket = between(random, 0, 3);
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});
