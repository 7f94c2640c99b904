import { describe, expect, it } from 'vitest';
import { isBilled } from './is-billed.ts';

describe('a request', () => {
  it('may cost something when it is posted, and nothing when it only asks what is known', () => {
    expect(isBilled({ method: 'POST' })).toBe(true);
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'] as const) expect(isBilled({ method })).toBe(false);
  });
});
