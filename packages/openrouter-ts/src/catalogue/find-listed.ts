import type { Model } from '../wire/model.ts';

/** Variants that any model has: they change the routing and not the model. */
const dynamicVariant = /:(?:nitro|floor|exacto|online)$/;

/** What was found in each listing: there are hundreds of models in one, and programs use few of them again and again. */
const found = new WeakMap<readonly Model[], Map<string, Model>>();

/** How many names of a listing are remembered. */
const kept = 1_000;

/**
 * Finds a model in a listing by any name that a request could use for it.
 *
 * @see https://openrouter.ai/docs/guides/routing/model-variants/nitro
 * @param models - the listing, which does not change
 * @param id - an id or a permanent slug, perhaps with variants that are not listed, such as `:nitro`
 * @returns the entry, or undefined when there is none
 */
export function findListed(models: readonly Model[], id: string): Model | undefined {
  const known = found.get(models);
  const remembered = known?.get(id);
  if (remembered !== undefined) return remembered;
  const model = search(models, id);
  if (model !== undefined && known === undefined) found.set(models, new Map([[id, model]]));
  else if (model !== undefined && known !== undefined && known.size < kept) known.set(id, model);
  return model;
}

function search(models: readonly Model[], id: string): Model | undefined {
  const listed = models.find((model) => model.id === id) ?? models.find((model) => model.canonical_slug === id);
  if (listed !== undefined || !dynamicVariant.test(id)) return listed;
  return search(models, id.replace(dynamicVariant, ''));
}
