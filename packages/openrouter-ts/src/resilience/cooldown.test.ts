import { describe, expect, it } from 'vitest';
import { refused, throttled } from '../../tests/support/failures.ts';
import type { ApiError } from '../errors/api-error.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { Cooldowns } from './cooldown.ts';

describe('a model that failed', () => {
  it.each<readonly [what: string, error: ApiError, restMs: number]>([
    ['500', refused(500), 5_000],
    ['503', refused(503), 5_000],
    ['503 with a hint', refused(503, { availability: { retryable: true, retry_after: 12 } }), 12_000],
    ['429', throttled(), 5_000],
    ['429 with a hint', throttled('provider', 2_000), 2_000],
    ['429 with a long hint', throttled('model-day', 80_000_000), 60_000],
    ['429 that asks for nothing', throttled('provider', 0), 0],
    ['400', refused(400), 0],
    ['404', refused(404), 0],
    ['499', refused(499), 0],
  ])('with %s rests', async (_what, error, restMs) => {
    const clock = new FakeClock();
    const cooldowns = new Cooldowns(clock);
    cooldowns.note('m', error);
    expect(cooldowns.isResting('other')).toBe(false);
    await clock.advance(Math.max(0, restMs - 1));
    expect(cooldowns.isResting('m')).toBe(restMs > 0);
    await clock.advance(1);
    expect(cooldowns.isResting('m')).toBe(false);
    expect(cooldowns.isResting('m')).toBe(false);
  });
});
