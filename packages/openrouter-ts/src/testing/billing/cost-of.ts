import type { Decimal } from '../../cost/decimal.ts';
import { add, decimal, isNegative, zero } from '../../cost/decimal.ts';
import { multiply } from '../../cost/decimal-arithmetic.ts';
import type { Prices, Pricing, PricingOverride } from '../../wire/pricing.ts';
import type { TokenCounts } from './token-counts.ts';

/** What an exchange costs, exactly, in USD. */
export interface Cost {
  readonly prompt: Decimal;
  readonly completion: Decimal;
  readonly total: Decimal;
}

/**
 * What tokens cost at a model's prices, as OpenRouter bills them: cached and cache-write tokens are part of the prompt and have their own
 * prices, and a price step moves the whole request once the prompt has more tokens than it names. Prices by the time of day are not known
 * here. This is a statement of its own, apart from the client's: each is the other's referee.
 *
 * @see https://openrouter.ai/docs/guides/overview/models
 * @param tokens - how many tokens there are
 * @param pricing - the model's prices
 * @returns the exact cost
 */
export function costOf(tokens: TokenCounts, pricing: Pricing): Cost {
  const prices = pricesFor(tokens.prompt, pricing);
  const fresh = Math.max(0, tokens.prompt - tokens.cached - tokens.cacheWritten);
  const spoken = Math.max(0, tokens.completion - tokens.reasoning - tokens.image);
  const prompt = sum(
    charge(prices.prompt, fresh),
    charge(prices.input_cache_read ?? prices.prompt, tokens.cached),
    charge(prices.input_cache_write ?? prices.prompt, tokens.cacheWritten),
    charge(prices.request, 1),
  );
  const completion = sum(
    charge(prices.completion, spoken),
    charge(prices.internal_reasoning ?? prices.completion, tokens.reasoning),
    charge(prices.image_output ?? prices.completion, tokens.image),
  );
  return { prompt, completion, total: add(prompt, completion) };
}

function pricesFor(promptTokens: number, pricing: Pricing): Prices {
  const steps = (pricing.overrides ?? []).filter((step) => promptTokens > (step.min_prompt_tokens ?? -1));
  return laidOver(pricing, steps);
}

function laidOver(prices: Prices, [step, ...others]: readonly PricingOverride[]): Prices {
  return step === undefined ? prices : laidOver({ ...prices, ...step }, others);
}

function charge(price: string | undefined, count: number): Decimal {
  const exact = price === undefined ? zero : (decimal(price) ?? zero);
  // A negative price is how routers say that it depends.
  return isNegative(exact) ? zero : multiply(exact, { units: BigInt(count), scale: 0 });
}

function sum(...amounts: readonly Decimal[]): Decimal {
  return amounts.reduce(add, zero);
}
