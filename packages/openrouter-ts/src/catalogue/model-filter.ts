import type { Model } from '../wire/model.ts';
import type { SupportedParameter } from '../wire/supported-parameter.ts';
import { isFree, isWithinPerMillion, limitOf } from './listed-price.ts';
import type { ModelCriteria } from './model-criteria.ts';

/**
 * Makes of criteria what can be said of a model by its entry in the listing alone.
 *
 * @param criteria - checked criteria
 * @param today - the day in UTC, `YYYY-MM-DD`
 * @returns tells whether a model may be meant
 */
export function modelFilter(criteria: ModelCriteria, today: string): (model: Model) => boolean {
  const { query = '', author, inputModalities = [], outputModalities = ['text'], free, includeExpired } = criteria;
  const words = query.toLowerCase().split(/\s+/);
  const authors = typeof author === 'string' ? [author] : author;
  const parameters = requiredParameters(criteria);
  const costsAtMost = withinPrices(criteria);
  const { minContext = 0, minMaxOutput = 0, availableOn = includeExpired === true ? undefined : today } = criteria;
  return (model) =>
    includesAll(textOf(model), words) &&
    (authors === undefined || authors.includes(authorOf(model.id))) &&
    includesAll(model.supported_parameters, parameters) &&
    includesAll(model.architecture.input_modalities, inputModalities) &&
    includesAll(model.architecture.output_modalities, outputModalities) &&
    (model.context_length ?? 0) >= minContext &&
    (model.top_provider.max_completion_tokens ?? 0) >= minMaxOutput &&
    costsAtMost(model.pricing) &&
    (free === undefined || isFree(model.pricing) === free) &&
    (availableOn === undefined || isAvailable(model, availableOn));
}

/**
 * The author of a model.
 *
 * @param id - the model's id; an alias has the author of what it stands for
 * @returns for example `openai`
 */
export function authorOf(id: string): string {
  return id.replace(/^~/, '').replace(/\/.*$/s, '');
}

/**
 * Collects the request parameters that must mean something.
 *
 * @param criteria - the criteria
 * @returns their names, some perhaps twice
 */
export function requiredParameters(criteria: ModelCriteria): readonly SupportedParameter[] {
  const { tools, structuredOutputs, reasoning, supportedParameters = [] } = criteria;
  return [
    ...supportedParameters,
    ...(tools === true ? ['tools'] : []),
    ...(structuredOutputs === true ? ['structured_outputs'] : []),
    ...(reasoning === true ? ['reasoning'] : []),
  ];
}

/**
 * Makes of the highest prices a condition.
 *
 * @param criteria - checked criteria
 * @returns tells whether a price list keeps to them
 */
export function withinPrices({
  maxPromptPrice,
  maxCompletionPrice,
}: ModelCriteria): (prices: { readonly prompt: unknown; readonly completion: unknown }) => boolean {
  const prompt = limitOf(maxPromptPrice);
  const completion = limitOf(maxCompletionPrice);
  return (prices) => isWithinPerMillion(prices.prompt, prompt) && isWithinPerMillion(prices.completion, completion);
}

/**
 * Tells whether a list, or a text, has everything that is wanted.
 *
 * @param list - what there is
 * @param wanted - what there must be
 * @returns true when nothing is wanted
 */
export function includesAll(list: string | readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((item) => list.includes(item));
}

function textOf({ id, canonical_slug: slug, name }: Model): string {
  return `${id} ${slug} ${name}`.toLowerCase();
}

function isAvailable({ expiration_date: end }: Model, day: string): boolean {
  return typeof end !== 'string' || end.slice(0, 10) > day;
}
