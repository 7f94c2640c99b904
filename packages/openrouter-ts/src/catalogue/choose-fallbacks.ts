import { decimal, type Decimal, toText } from '../cost/decimal.ts';
import { multiply } from '../cost/decimal-arithmetic.ts';
import { ConfigError } from '../errors/config-error.ts';
import { checkPositive } from '../pipeline/check-positive.ts';
import type { Model } from '../wire/model.ts';
import { arrangeFallbacks } from './arrange-fallbacks.ts';
import { checkCriteria } from './check-criteria.ts';
import type { FallbackOptions } from './fallback-options.ts';
import { findListed } from './find-listed.ts';
import { searchModels } from './find-models.ts';
import type { FoundModel, FoundModels } from './found-models.ts';
import { isFree, listedPrice } from './listed-price.ts';
import type { ModelCriteria } from './model-criteria.ts';
import type { ModelStore } from './model-store.ts';
import { unknownModel } from './unknown-model.ts';

const defaultCount = 2;
const million: Decimal = { units: 1_000_000n, scale: 0 };

/**
 * Chooses models that can stand in for one.
 *
 * @param store - what is known of models
 * @param id - the model to stand in for
 * @param options - how many, and what they must be like
 * @param signal - ends the search
 * @returns the models, best first
 * @throws ConfigError when there is no such model, when a price is needed that is not known, or for options that cannot work
 * @throws the same as {@link searchModels}
 */
export async function chooseFallbacks(
  store: ModelStore,
  id: string,
  options: FallbackOptions,
  signal?: AbortSignal,
): Promise<FoundModels> {
  const { count = defaultCount, maxPriceRatio } = options;
  checkCriteria(options, ['count', 'maxPriceRatio', 'allowPaid']);
  checkPositive('count', count);
  checkPositive('maxPriceRatio', maxPriceRatio);
  const { value: models } = await store.models(signal);
  const original = findListed(models, id);
  if (original === undefined) throw unknownModel(id, models);
  const criteria = likeIt(original, options);
  const found = await searchModels(store, criteria, (left) => arrangeFallbacks(left, original, criteria), signal);
  const matches = await othersFirst(found.matches, original, store, signal);
  return { ...found, matches: matches.slice(0, count) };
}

function likeIt(original: Model, options: FallbackOptions): ModelCriteria {
  const { count = defaultCount, maxPriceRatio: _, allowPaid = false, ...wishes } = options;
  const { architecture, context_length: context, pricing } = original;
  return {
    ...wishes,
    inputModalities: wishes.inputModalities ?? architecture.input_modalities,
    outputModalities: wishes.outputModalities ?? architecture.output_modalities,
    minContext: wishes.minContext ?? context ?? 0,
    ...(isFree(pricing) ? { free: allowPaid ? undefined : true } : noDearer(original, options)),
    // Of twice as many those can be chosen that do not depend on the same providers.
    limit: count * 2,
  };
}

function noDearer({ id, pricing }: Model, options: FallbackOptions): ModelCriteria {
  const ratio = decimal(options.maxPriceRatio ?? 1);
  const { maxPromptPrice = perMillion(pricing.prompt), maxCompletionPrice = perMillion(pricing.completion) } = options;
  return { maxPromptPrice, maxCompletionPrice };

  function perMillion(listed: string): string | undefined {
    // Infinity is no decimal, and no limit.
    if (ratio === undefined) return undefined;
    const price = listedPrice(listed);
    if (price !== undefined) return toText(multiply(multiply(price, ratio), million));
    throw new ConfigError(
      `The price of ${id} is not known, so nothing can be compared with it. Pass maxPromptPrice and maxCompletionPrice.`,
    );
  }
}

/** What somebody else can serve too comes before what fails with the providers of the original. */
async function othersFirst(
  matches: readonly FoundModel[],
  original: Model,
  store: ModelStore,
  signal: AbortSignal | undefined,
): Promise<readonly FoundModel[]> {
  const providersOf = async (id: string): Promise<readonly string[]> =>
    (await store.endpoints(id, signal)).value.map((endpoint) => endpoint.provider_name);
  const own = new Set(await providersOf(original.id));
  const rated = await Promise.all(
    matches.map(async (match) => {
      const providers = await providersOf(match.model.id);
      return { match, isDependent: providers.every((provider) => own.has(provider)) };
    }),
  );
  const ordered = [
    ...rated.filter(({ isDependent }) => !isDependent),
    ...rated.filter(({ isDependent }) => isDependent),
  ];
  return ordered.map(({ match }) => match);
}
