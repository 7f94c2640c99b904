import { add, decimal, zero, type Decimal } from '../../cost/decimal.ts';
import { compare, multiply } from '../../cost/decimal-arithmetic.ts';
import type { Model } from '../../wire/model.ts';
import { listingOf } from './model-listing.ts';
import { servedBy, tagOf } from './endpoint-listing.ts';
import type { SimulatedModel } from './simulated-model.ts';

type Query = Readonly<Record<string, string>>;

/** A model, and its entry in the listing. */
interface Listed {
  readonly model: SimulatedModel;
  readonly entry: Model;
}

const million: Decimal = { units: 1_000_000n, scale: 0 };

/** What a parameter of `GET /models` asks for. Those that need figures which the simulator does not have leave every model in. */
const conditions: Readonly<Record<string, (listed: Listed, value: string, nowMs: number) => boolean>> = {
  q: ({ entry }, value) => `${entry.id} ${entry.name}`.toLowerCase().includes(value.toLowerCase()),
  supported_parameters: ({ entry }, value) => hasAll(entry.supported_parameters, value),
  input_modalities: ({ entry }, value) => hasAll(entry.architecture.input_modalities, value),
  context: ({ entry }, value) => (entry.context_length ?? 0) >= Number(value),
  arch: ({ entry }, value) => String(entry.architecture.tokenizer).toLowerCase() === value.toLowerCase(),
  model_authors: ({ entry }, value) => value.split(',').includes(entry.id.replace(/\/.*/, '')),
  providers: ({ model }, value) =>
    servedBy(model).some((endpoint) =>
      value.split(',').some((name) => name === endpoint.provider || name === tagOf(endpoint)),
    ),
  distillable: ({ model }, value) => String(model.distillable ?? false) === value,
  zdr: ({ model }, value) => value !== 'true' || servedBy(model).some((endpoint) => endpoint.zdr === true),
  min_price: ({ entry }, value) => comparePrice(entry.pricing.prompt, value, (order) => order >= 0),
  max_price: ({ entry }, value) => comparePrice(entry.pricing.prompt, value, (order) => order <= 0),
  min_output_price: ({ entry }, value) => comparePrice(entry.pricing.completion, value, (order) => order >= 0),
  max_output_price: ({ entry }, value) => comparePrice(entry.pricing.completion, value, (order) => order <= 0),
  min_age_days: ({ entry }, value, nowMs) => ageDays(entry, nowMs) >= Number(value),
  max_age_days: ({ entry }, value, nowMs) => ageDays(entry, nowMs) <= Number(value),
};

const orders: Readonly<Record<string, (left: Model, right: Model) => number>> = {
  'pricing-low-to-high': (left, right) => compare(priceOf(left), priceOf(right)),
  'pricing-high-to-low': (left, right) => compare(priceOf(right), priceOf(left)),
  'context-high-to-low': (left, right) => (right.context_length ?? 0) - (left.context_length ?? 0),
  newest: (left, right) => right.created - left.created,
};

/**
 * Finds the models that a query of `GET /models` is about. Models that give no text are left out unless `output_modalities` asks for them.
 *
 * @see https://openrouter.ai/docs/api-reference/models/get-models
 * @param models - the catalogue
 * @param query - the parameters
 * @param nowMs - the time, in milliseconds since 1970
 * @returns their entries, in order
 */
export function selectModels(models: readonly SimulatedModel[], query: Query, nowMs: number): readonly Model[] {
  const outputs = (query['output_modalities'] ?? 'text').split(',');
  const asked = Object.entries(query).flatMap(([name, value]) => {
    const condition = conditions[name];
    return condition === undefined ? [] : [{ condition, value }];
  });
  const selected = models
    .map((model): Listed => ({ model, entry: listingOf(model, models) }))
    .filter(
      (listed) =>
        (outputs.includes('all') ||
          listed.entry.architecture.output_modalities.some((output) => outputs.includes(output))) &&
        asked.every(({ condition, value }) => condition(listed, value, nowMs)),
    )
    .map(({ entry }) => entry);
  const order = orders[query['sort'] ?? ''];
  return order === undefined ? selected : selected.sort(order);
}

function hasAll(list: readonly string[], wanted: string): boolean {
  return wanted.split(',').every((item) => list.includes(item));
}

function comparePrice(perToken: string, perMillion: string, isGood: (order: number) => boolean): boolean {
  return isGood(compare(multiply(decimal(perToken) ?? zero, million), decimal(perMillion) ?? zero));
}

function priceOf({ pricing }: Model): Decimal {
  return add(decimal(pricing.prompt) ?? zero, decimal(pricing.completion) ?? zero);
}

function ageDays({ created }: Model, nowMs: number): number {
  return (nowMs / 1_000 - created) / 86_400;
}
