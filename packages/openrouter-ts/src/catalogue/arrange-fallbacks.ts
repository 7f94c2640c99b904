import { type Decimal, isNegative, zero } from '../cost/decimal.ts';
import { compare, subtract } from '../cost/decimal-arithmetic.ts';
import type { Model } from '../wire/model.ts';
import { priceOfBoth } from './compare-prices.ts';
import type { ModelCriteria } from './model-criteria.ts';
import { authorOf } from './model-filter.ts';

/**
 * Brings models that could stand in for another into order: what is closest in price comes first, then what is newer; and no author comes again
 * before all others were there. What is the same model, gives more than is wanted, or has no known price is left out.
 *
 * @param models - those that are as they must be
 * @param original - the model to stand in for
 * @param criteria - what they must be like
 * @returns the models, best first
 */
export function arrangeFallbacks(
  models: readonly Model[],
  original: Model,
  { outputModalities }: ModelCriteria,
): readonly Model[] {
  const price = priceOfBoth(original.pricing) ?? zero;
  const rated = models.flatMap((model) => {
    const own = priceOfBoth(model.pricing);
    return own === undefined || isSame(model, original) || givesMore(model, outputModalities)
      ? []
      : [{ model, distance: absolute(subtract(own, price)) }];
  });
  rated.sort(
    (left, right) =>
      compare(left.distance, right.distance) ||
      right.model.created - left.model.created ||
      (left.model.id < right.model.id ? -1 : 1),
  );
  return spreadAuthors(
    rated.map(({ model }) => model),
    authorOf(original.id),
  );
}

/** An alias is left out whatever it stands for: that model is listed itself. */
function isSame({ id, alias_target: target }: Model, original: Model): boolean {
  return id === original.id || id.startsWith('~') || target !== undefined || id === original.alias_target?.slug;
}

function givesMore({ architecture }: Model, wanted: readonly string[] = []): boolean {
  return wanted.length > 0 && architecture.output_modalities.some((output) => !wanted.includes(output));
}

function absolute(value: Decimal): Decimal {
  return isNegative(value) ? subtract(zero, value) : value;
}

function spreadAuthors(models: readonly Model[], first: string): readonly Model[] {
  const seen = new Map([[first, 1]]);
  const ranked = models.map((model) => {
    const rank = seen.get(authorOf(model.id)) ?? 0;
    seen.set(authorOf(model.id), rank + 1);
    return { model, rank };
  });
  return ranked.sort((left, right) => left.rank - right.rank).map(({ model }) => model);
}
