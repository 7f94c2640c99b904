import type { Pricing } from '../wire/pricing.ts';
import type { Usage } from '../wire/usage.ts';
import { billableUnits } from './billable-units.ts';
import type { Decimal } from './decimal.ts';
import { add, zero } from './decimal.ts';
import { multiply } from './decimal-arithmetic.ts';
import type { PriceKey } from './price-key.ts';
import { priceKeys } from './price-key.ts';
import { isSamePrice, pricesFor } from './prices-for.ts';
import type { Price, PricesInForce } from './prices-for.ts';

/** What an answer costs by a price list, or that the list does not tell. */
export type Cost = KnownCost | UnknownCost;

/** A cost, exactly. */
export interface KnownCost {
  /** Tells it from a cost that is not known. */
  readonly type: 'known';
  /** The sum of the lines, in USD. */
  readonly usd: Decimal;
  /** What the sum is made of. Things of which there were none, and those that are free of charge because no price is listed, have no line. */
  readonly lines: readonly CostLine[];
}

/** One line of a bill. */
export interface CostLine {
  /** What was counted. */
  readonly what: PriceKey;
  /** How many. */
  readonly units: number;
  /** In USD. It may be the price of something else: tokens from the cache cost what the prompt costs if they have no price of their own. */
  readonly pricePerUnit: Decimal;
  /** The two multiplied, in USD. */
  readonly usd: Decimal;
}

/** The list does not tell what an answer costs. */
export interface UnknownCost {
  /** Tells it from a cost that is known. */
  readonly type: 'unknown';
  /** What was used and has no known price or no known count. */
  readonly missing: readonly PriceKey[];
}

/** What the price of an answer depends on beside its tokens. */
export interface CostOptions {
  /** When the request was made, in milliseconds since 1970. Some prices depend on the time of day. */
  readonly atEpochMs: number;
  /** When the price list was read, in milliseconds since 1970. Default: when the request was made. */
  readonly listedAtEpochMs?: number | undefined;
  /** How many pictures the prompt had; the usage does not tell. Default 0. */
  readonly promptImages?: number | undefined;
}

/** Whose price a thing has when it has none of its own. What is neither here nor priced is free of charge. */
const fallbacks: Readonly<Partial<Record<PriceKey, PriceKey>>> = {
  image_token: 'prompt',
  audio: 'prompt',
  input_audio_cache: 'input_cache_read',
  input_cache_read: 'prompt',
  input_cache_write: 'prompt',
  input_cache_write_1h: 'input_cache_write',
  internal_reasoning: 'completion',
  image_output: 'completion',
  audio_output: 'completion',
};

/**
 * What an answer costs by a price list, exactly, by the rules of the API. The answer's own `usage.cost` is what is charged and goes before
 * this; the two are equal when the list is the one of the endpoint that answered and nothing was used that it does not name. With a provider
 * key of your own it is what the provider charges, if no discount of OpenRouter is in the list.
 *
 * @see https://openrouter.ai/docs/guides/overview/models
 * @param usage - what the answer used
 * @param pricing - the prices of the model or, better, of the endpoint
 * @param options - the time of the request, and what else prices depend on
 * @returns the cost with its lines, or what is missing to tell it
 */
export function costOf(usage: Usage, pricing: Pricing, options: CostOptions): Cost {
  const { promptImages = 0, ...moment } = options;
  const units = billableUnits(usage, promptImages);
  if (units === undefined) return { type: 'unknown', missing: ['prompt', 'completion'] };
  const prices = pricesFor(pricing, { ...moment, promptTokens: usage.prompt_tokens });
  const lines: CostLine[] = [];
  const missing: PriceKey[] = [];
  for (const what of priceKeys) {
    const price = units[what] > 0 ? priceOf(what, prices) : undefined;
    if (price === 'unknown') missing.push(what);
    else if (price !== undefined) lines.push(toLine(what, units[what], price));
  }
  if (missing.length > 0) return { type: 'unknown', missing };
  return { type: 'known', usd: lines.reduce((sum, line) => add(sum, line.usd), zero), lines };
}

function toLine(what: PriceKey, units: number, pricePerUnit: Decimal): CostLine {
  return { what, units, pricePerUnit, usd: multiply(pricePerUnit, { units: BigInt(units), scale: 0 }) };
}

function priceOf(what: PriceKey, prices: PricesInForce): Price | undefined {
  const price = ownPrice(what, prices);
  if (price !== undefined) return price;
  // Every price list has these two; one that does not is not to be trusted with a bill of nothing.
  if (what === 'prompt' || what === 'completion') return 'unknown';
  const other = fallbacks[what];
  return other === undefined ? undefined : priceOf(other, prices);
}

function ownPrice(what: PriceKey, prices: PricesInForce): Price | undefined {
  const price = prices[what];
  // For a picture Google's models list the price of a token of the prompt, and the picture is among those tokens already.
  if (what === 'image' && isSamePrice(price, prices.prompt)) return undefined;
  // Older price lists say 0 for what is billed as the answer is.
  return what === 'internal_reasoning' && isSamePrice(price, zero) ? undefined : price;
}
