import { expect, it } from 'vitest';
import { operationName } from './read-context.ts';

it('names an operation by its method and its path', () => {
  expect(operationName({ method: 'POST', path: '/chat/completions' })).toBe('POST /chat/completions');
});
