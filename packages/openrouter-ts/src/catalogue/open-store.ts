import type { ModelResource } from '../resources/models.ts';
import type { AbortScope } from '../util/abort-scope.ts';
import type { Clock } from '../util/clock.ts';
import type { CatalogueOptions } from './catalogue-options.ts';
import { MadeOnce } from '../http/made-once.ts';
import { OnDemand } from '../http/on-demand.ts';
import type { ModelStore } from './model-store.ts';

/** What remembers models. */
export const cataloguePart: OnDemand<typeof import('./model-store.ts')> = new OnDemand(
  'catalogue',
  () => import('./model-store.ts'),
);

/** Opens what a client remembers of models; it is loaded at the first time, unless somebody ends the wait, and the same from then on. */
export type OpenStore = (ending?: AbortScope | AbortSignal) => Promise<ModelStore>;

/**
 * Makes what opens the store of a client.
 *
 * @param resource - the endpoints about models
 * @param clock - counts the age of what is remembered
 * @param options - how long answers are remembered
 * @returns what opens the store
 */
export function storeOf(
  resource: ModelResource,
  clock: Clock,
  { ttlMs = 300_000, staleIfErrorMs = 3_600_000 }: CatalogueOptions = {},
): OpenStore {
  const lazy = new MadeOnce(
    cataloguePart,
    ({ ModelStore: Store }) => new Store(resource, { clock, ttlMs, staleIfErrorMs }),
  );
  return (ending) => lazy.open(ending);
}
