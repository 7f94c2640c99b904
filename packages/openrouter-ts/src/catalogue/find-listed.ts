import type { Model } from '../wire/model.ts';

/** Variants that any model has: they change the routing and not the model. */
const dynamicVariant = /:(?:nitro|floor|exacto|online)$/;

/**
 * Finds a model in a listing by any name that a request could use for it.
 *
 * @see https://openrouter.ai/docs/guides/routing/model-variants/nitro
 * @param models - the listing
 * @param id - an id or a permanent slug, perhaps with variants that are not listed, such as `:nitro`
 * @returns the entry, or undefined when there is none
 */
export function findListed(models: readonly Model[], id: string): Model | undefined {
  const found = models.find((model) => model.id === id) ?? models.find((model) => model.canonical_slug === id);
  if (found !== undefined || !dynamicVariant.test(id)) return found;
  return findListed(models, id.replace(dynamicVariant, ''));
}
