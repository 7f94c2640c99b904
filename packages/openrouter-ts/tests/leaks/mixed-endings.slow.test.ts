import { describe } from 'vitest';
import { leaveNothingBehind } from './support/mixed-endings.ts';

describe('10,000 calls with one signal that end in every way leave nothing behind', () => {
  leaveNothingBehind(10_000);
});
