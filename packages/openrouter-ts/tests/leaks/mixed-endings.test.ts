import { describe } from 'vitest';
import { leaveNothingBehind } from './support/mixed-endings.ts';

describe('300 calls with one signal that end in every way leave nothing behind', () => {
  leaveNothingBehind(300);
});
