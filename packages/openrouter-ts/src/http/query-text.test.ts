import { describe, expect, it } from 'vitest';
import { queryText } from './query-text.ts';

describe('a query', () => {
  it.each([{}, { a: undefined }, { a: null }])('is nothing when no parameter is set: %j', (query) => {
    expect(queryText(query)).toBe('');
  });

  it('has the parameters that are set, encoded', () => {
    const query = { id: 'gen-1 &=?#', offset: 0, all: false, none: undefined, name: 'é', of: ['a', 'b'] };
    expect(queryText(query)).toBe('?id=gen-1+%26%3D%3F%23&offset=0&all=false&name=%C3%A9&of=a%2Cb');
  });
});
