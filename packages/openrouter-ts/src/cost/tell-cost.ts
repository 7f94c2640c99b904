import type { Usage } from '../wire/usage.ts';
import type { Decimal } from './decimal.ts';
import { decimal, isNegative } from './decimal.ts';

/**
 * What an answer cost, by its own account. It is what OpenRouter charges: tokens, searches, tools, tier and discount included. With a provider
 * key of your own it is OpenRouter's fee alone, and `tellUpstreamCost` has the rest.
 *
 * @param usage - the answer's usage
 * @returns the cost in USD, or undefined when the answer does not tell it
 */
export function tellCost(usage: Usage): Decimal | undefined {
  return amount(usage.cost);
}

/**
 * What the provider asks for an answer, by the answer's own account. With a provider key of your own it is on the provider's bill, and comes on
 * top of `tellCost`; otherwise it is in there already, perhaps less a discount.
 *
 * @param usage - the answer's usage
 * @returns the cost in USD, or undefined when the answer does not tell it
 */
export function tellUpstreamCost(usage: Usage): Decimal | undefined {
  return amount(usage.cost_details?.upstream_inference_cost);
}

/** Nobody is paid for asking: an amount below zero is a mistake, and not one to add up. */
function amount(told: unknown): Decimal | undefined {
  const exact = typeof told === 'number' ? decimal(told) : undefined;
  return exact === undefined || isNegative(exact) ? undefined : exact;
}
