import { expect, it } from 'vitest';
import { missingParts } from '../http/on-demand.ts';
import { OpenRouter } from '../index.ts';
import { FakeClock } from './fake-clock.ts';

it('a clock that a test holds in its hands gives the client every part, so that none is loaded while the clock stands still', () => {
  expect(OpenRouter.preload).toBeTypeOf('function');
  expect(missingParts()).toContain('streaming');
  expect(missingParts().length).toBeGreaterThan(10);
  const clock = new FakeClock();
  expect([clock.pendingTimers, missingParts()]).toEqual([0, []]);
});
