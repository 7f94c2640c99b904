import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Page, paginate } from './paginate.ts';

type Asked = Readonly<Record<string, string>>;

/** Pages by the query that asks for them; the first has none. */
function server(pages: Readonly<Record<string, Page<number>>>): { asked: Asked[]; walk: () => AsyncGenerator<number> } {
  const asked: Asked[] = [];
  const page = (query: Asked): Promise<Page<number>> => {
    const found = pages[new URLSearchParams(query).toString()];
    return found === undefined ? Promise.reject(new Error('no such page')) : Promise.resolve(found);
  };
  const ask = (query: Asked): Promise<Page<number>> => {
    asked.push(query);
    return page(query);
  };
  return { asked, walk: () => paginate(page({}), ask) };
}

async function all(items: AsyncIterable<number>): Promise<number[]> {
  const found: number[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('the pages of a list', () => {
  it('are asked for by the query of each link, whatever its host and path', async () => {
    const { asked, walk } = server({
      '': { data: [1, 2], links: { next: '/api/v1/models?offset=2&limit=2' } },
      'offset=2&limit=2': { data: [3, 4], links: { next: 'https://elsewhere.example/x?offset=4&limit=2&q=a%26b' } },
      'offset=4&limit=2&q=a%26b': { data: [5], links: { next: null } },
    });
    expect(await all(walk())).toEqual([1, 2, 3, 4, 5]);
    expect(asked).toEqual([
      { offset: '2', limit: '2' },
      { offset: '4', limit: '2', q: 'a&b' },
    ]);
  });

  it('are not asked for before they are needed', async () => {
    const { asked, walk } = server({ '': { data: [1, 2], links: { next: '?offset=2' } } });
    for await (const item of walk()) if (item === 2) break;
    expect(asked).toEqual([]);
  });

  it.each([
    ['without links', { data: [1] }],
    ['with a link that is no text', { data: [1], links: {} }],
    ['without items', { data: [], links: { next: '?offset=1' } }],
  ])('end with one %s', async (_, page) => {
    const { asked, walk } = server({ '': page });
    expect(await all(walk())).toEqual(page.data);
    expect(asked).toEqual([]);
  });

  it('end where a link leads back', async () => {
    const again = { data: [2], links: { next: '?offset=1' } };
    const { walk } = server({ '': { data: [1], links: { next: '?offset=1' } }, 'offset=1': again });
    expect(await all(walk())).toEqual([1, 2]);
  });

  it('fail where one of them does', async () => {
    const { walk } = server({ '': { data: [1], links: { next: '?offset=7' } } });
    const items = walk();
    expect(await items.next()).toEqual({ value: 1, done: false });
    await expect(items.next()).rejects.toThrow('no such page');
  });

  it('give every item once, however large they are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer(), { maxLength: 40 }),
        fc.integer({ min: 1, max: 12 }),
        async (items, size) => {
          const page = (offset: number): Page<number> => ({
            data: items.slice(offset, offset + size),
            links: { next: offset + size < items.length ? `/x?offset=${offset + size}` : null },
          });
          const walked = paginate(Promise.resolve(page(0)), ({ offset }) => Promise.resolve(page(Number(offset))));
          expect(await all(walked)).toEqual(items);
        },
      ),
    );
  });
});
