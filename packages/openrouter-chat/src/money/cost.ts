import type { Usage } from 'openrouter-ts';
import { tellCost, tellUpstreamCost, type Decimal } from 'openrouter-ts/cost';
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
  return {
    billed: usage && tellCost(usage),
    upstream: isByok ? tellUpstreamCost(usage) : undefined,
    isByok,
  };
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
  return billed.units > 0n ? formatUsd(billed) : 'free';
}
