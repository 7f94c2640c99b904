import { ConfigError } from '../errors/config-error.ts';
import { checkNames } from '../pipeline/check-names.ts';
import { isJsonObject } from '../util/json.ts';
import { decimal, isNegative, type Decimal } from './decimal.ts';

/** An amount in USD: a number counts as the text that stands for it, a string is taken exactly. */
export type Usd = number | string;

/** How much a client may spend. */
export interface BudgetOptions {
  /** In all. Default: no limit. */
  readonly usd?: Usd | undefined;
  /** For the calls with a `tag`, by the tag. */
  readonly tags?: Readonly<Record<string, Usd>> | undefined;
  /** What a request may cost whose price is not known: `refuse` does not send it, an amount in USD is set aside for it. Default `refuse`. */
  readonly unknownPrice?: 'refuse' | number | (string & {}) | undefined;
}

/**
 * Reads an amount.
 *
 * @param name - what the caller calls it
 * @param value - the amount
 * @returns the exact amount
 * @throws ConfigError when it is not an amount of zero or more
 */
export function amountOf(name: string, value: Usd): Decimal {
  const amount = decimal(value);
  if (amount !== undefined && !isNegative(amount)) return amount;
  throw new ConfigError(`${name} must be an amount in USD of zero or more, such as 0.5 or '0.5'.`);
}

const knownOptions: Readonly<Record<keyof BudgetOptions, true>> = { usd: true, tags: true, unknownPrice: true };

/**
 * Checks a budget. One that is misspelt would be none.
 *
 * @param options - as the caller passed them
 * @throws ConfigError when there is no such option, or when one of the amounts is none
 */
export function checkBudget(options: BudgetOptions): void {
  // Callers without types may pass the amount itself.
  if (!isObject(options)) throw new ConfigError('budget must be an object.');
  checkNames(options, knownOptions, 'budget.');
  const { usd, tags = {}, unknownPrice = 'refuse' } = options;
  if (usd !== undefined) amountOf('budget.usd', usd);
  for (const [tag, limit] of Object.entries(tags)) amountOf(`budget.tags.${tag}`, limit);
  if (unknownPrice !== 'refuse') amountOf('budget.unknownPrice', unknownPrice);
}

function isObject(value: unknown): boolean {
  return isJsonObject(value);
}
