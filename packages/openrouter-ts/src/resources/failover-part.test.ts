import { expect, it } from 'vitest';
import { ratesPart } from '../resilience/lazy-rates.ts';
import { failoverPart } from './chat.ts';

it('what goes on with another answer comes with what keeps to limits, so that nothing is missing in the middle', async () => {
  expect(ratesPart.loaded).toBeUndefined();
  await failoverPart.load();
  expect(ratesPart.loaded).toBeDefined();
});
