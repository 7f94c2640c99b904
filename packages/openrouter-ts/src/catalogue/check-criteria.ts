import { decimal, isNegative } from '../cost/decimal.ts';
import { ConfigError } from '../errors/config-error.ts';
import type { ModelCriteria } from './model-criteria.ts';

type Kind = 'boolean' | 'count' | 'price' | 'text' | 'list' | 'texts' | 'date' | 'order' | 'object';

const kinds: Readonly<Record<keyof ModelCriteria, Kind>> = {
  query: 'text',
  author: 'texts',
  tools: 'boolean',
  structuredOutputs: 'boolean',
  reasoning: 'boolean',
  supportedParameters: 'list',
  inputModalities: 'list',
  outputModalities: 'list',
  minContext: 'count',
  minMaxOutput: 'count',
  maxPromptPrice: 'price',
  maxCompletionPrice: 'price',
  free: 'boolean',
  includeExpired: 'boolean',
  availableOn: 'date',
  provider: 'object',
  endpoints: 'boolean',
  sort: 'order',
  limit: 'count',
};

const rules: Readonly<Record<Kind, readonly [isGood: (value: unknown) => boolean, what: string]>> = {
  boolean: [(value) => typeof value === 'boolean', 'true or false'],
  count: [(value) => typeof value === 'number' && value >= 0, 'a number of zero or more'],
  price: [isPrice, 'a price in dollars, such as 0.5 or "0.5"'],
  text: [(value) => typeof value === 'string', 'a text'],
  list: [isList, 'a list of texts'],
  texts: [(value) => typeof value === 'string' || isList(value), 'a text or a list of texts'],
  date: [(value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value), 'a day such as 2026-12-31'],
  order: [(value) => value === 'price' || value === 'context' || value === 'newest', 'price, context or newest'],
  object: [(value) => typeof value === 'object' && value !== null, 'what a chat request takes as `provider`'],
};

/**
 * Finds what is wrong with criteria: one that is misspelled would let every model pass.
 *
 * @param criteria - what the caller passed
 * @param alsoKnown - names that are the caller's own
 * @throws ConfigError for a criterion that does not exist or cannot be met by anything
 */
export function checkCriteria(criteria: ModelCriteria, alsoKnown: readonly string[] = []): void {
  for (const [name, value] of Object.entries<unknown>({ ...criteria })) {
    if (alsoKnown.includes(name)) continue;
    if (!isCriterion(name))
      throw new ConfigError(`There is no criterion ${name}. There are ${Object.keys(kinds).join(', ')}.`);
    const [isGood, what] = rules[kinds[name]];
    if (value !== undefined && !isGood(value)) throw new ConfigError(`${name} must be ${what}.`);
  }
  for (const [name, price] of Object.entries<unknown>({ ...criteria.provider?.max_price })) {
    if (price != null && !isPrice(price))
      throw new ConfigError(`provider.max_price.${name} must be ${rules.price[1]}.`);
  }
}

function isCriterion(name: string): name is keyof ModelCriteria {
  return Object.hasOwn(kinds, name);
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isPrice(value: unknown): boolean {
  const price = typeof value === 'string' || typeof value === 'number' ? decimal(value) : undefined;
  return price !== undefined && !isNegative(price);
}
