import type { Usage } from 'openrouter-ts';
import { decimalOf, isLess, zero, type Decimal } from './decimal.ts';
import { formatUsd } from './format-usd.ts';

/** What an answer cost, as OpenRouter's own bill says. */
export interface Cost {
  /** What OpenRouter charges; undefined when it did not say. */
  readonly billed: Decimal | undefined;
  /** What a provider charges beside that, for a key of your own; undefined without one, or when it did not say. */
  readonly upstream: Decimal | undefined;
  /** Whether a provider key of your own was used. */
  readonly isByok: boolean;
}

/**
 * Reads the cost of an answer. It is never worked out from a price list: the bill alone knows of tiers, caches and discounts.
 *
 * @param usage - what came with the answer, if anything
 * @returns the cost
 */
export function costOf(usage: Usage | undefined): Cost {
  const isByok = usage?.is_byok === true;
  const upstream = isByok ? amountOf(usage.cost_details?.upstream_inference_cost) : undefined;
  return { billed: amountOf(usage?.cost), upstream, isByok };
}

/** A negative price has been seen where there is no price: it is none. */
function amountOf(value: unknown): Decimal | undefined {
  const amount = typeof value === 'number' ? decimalOf(value) : undefined;
  return amount === undefined || isLess(amount, zero) ? undefined : amount;
}

/**
 * Writes a cost for people.
 *
 * @param cost - what an answer cost
 * @returns for example `$0.0089`, `free`, `cost unknown` or `$0 + $0.0123 upstream`
 */
export function describeCost({ billed, upstream, isByok }: Cost): string {
  if (billed === undefined) return 'cost unknown';
  if (isByok) return `${formatUsd(billed)} + ${upstream === undefined ? 'unknown' : formatUsd(upstream)} upstream`;
  return isLess(zero, billed) ? formatUsd(billed) : 'free';
}
