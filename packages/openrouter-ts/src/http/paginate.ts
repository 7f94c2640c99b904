/** One page of a list, and where the list goes on. */
export interface Page<Item> {
  readonly data: readonly Item[];
  readonly links?: { readonly next?: string | null | undefined } | undefined;
}

/**
 * Walks through all pages of a list, asking for each when it is needed.
 *
 * Only the query of a link is followed, never its host: what a server answers cannot send the key elsewhere, and a base URL of one's own
 * stays in force. A link that was followed before, or one on an empty page, ends the list.
 *
 * @param first - the first page
 * @param ask - asks for another page by the parameters that differ from those of the first
 * @returns the items of all pages
 * @throws what `first` or `ask` rejects with, where the page would begin
 */
export async function* paginate<Item>(
  first: Promise<Page<Item>>,
  ask: (query: Readonly<Record<string, string>>) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  const followed = new Set<string>();
  let page = await first;
  for (;;) {
    yield* page.data;
    const next = page.links?.next;
    if (typeof next !== 'string' || page.data.length === 0 || followed.has(next)) return;
    followed.add(next);
    page = await ask(Object.fromEntries(new URLSearchParams(next.replace(/^[^?]*/, ''))));
  }
}
