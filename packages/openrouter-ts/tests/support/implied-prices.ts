import { decimal, isNegative } from '../../src/cost/decimal.ts';
import { compare, multiply, subtract } from '../../src/cost/decimal-arithmetic.ts';
import type { Decimal } from '../../src/cost/decimal.ts';
import type { Pricing } from '../../src/wire/pricing.ts';
import type { Usage } from '../../src/wire/usage.ts';
import { dividedBy, isEqual, times } from './exact-quotient.ts';
import type { RecordedCost } from './recorded-cost.ts';

/** The prices of a token that a record's amounts and counts imply. */
export interface ImpliedPrices {
  readonly prompt: Decimal;
  readonly completion: Decimal;
  /** Absent when nothing was read from the cache. */
  readonly cacheRead?: Decimal;
  /** How they were found, where dividing was not enough. */
  readonly because: string;
}

/**
 * Divides what the provider asked by the tokens that it counted. Where tokens came from the cache one amount has two prices in it; a second
 * fact then tells them apart: another record of the provider, the proportion of the listed prices, or that only one pair is in whole cents.
 *
 * @param record - the record
 * @param pricing - the listed prices
 * @param others - all records
 * @returns the prices, or undefined when the amounts do not divide into any
 */
export function impliedPrices(
  record: RecordedCost,
  pricing: Pricing,
  others: readonly RecordedCost[],
): ImpliedPrices | undefined {
  const completion = impliedCompletion(record.usage);
  const paid = amount(record.usage.cost_details?.upstream_inference_prompt_cost);
  if (completion === undefined || paid === undefined) return undefined;
  const cached = record.usage.prompt_tokens_details?.cached_tokens ?? 0;
  if (cached > 0) return withCache(record, { completion, paid, cached, pricing }, others);
  const prompt = dividedBy(paid, whole(record.usage.prompt_tokens));
  if (prompt === undefined) return undefined;
  const same = others.filter(({ usage, ...other }) => {
    const implied = isSameSeller(other, record) && impliedPrompt(usage);
    return implied && isEqual(implied, prompt) && isEqual(impliedCompletion(usage) ?? whole(0), completion);
  });
  return { prompt, completion, because: same.length === 0 ? '' : ` (the same in ${idsOf(same)})` };
}

interface CachedAmount {
  readonly completion: Decimal;
  readonly paid: Decimal;
  readonly cached: number;
  readonly pricing: Pricing;
}

function withCache(
  record: RecordedCost,
  found: CachedAmount,
  others: readonly RecordedCost[],
): ImpliedPrices | undefined {
  const { completion, paid, cached, pricing } = found;
  const fresh = record.usage.prompt_tokens - cached;
  const cacheReadAt = (prompt: Decimal): Decimal | undefined => {
    const price = dividedBy(subtract(paid, times(prompt, fresh)), whole(cached));
    return price === undefined || isNegative(price) || compare(price, prompt) > 0 ? undefined : price;
  };
  for (const other of others.filter((each) => isSameSeller(each, record))) {
    const prompt = impliedPrompt(other.usage);
    const cacheRead = prompt && cacheReadAt(prompt);
    if (prompt && cacheRead)
      return { prompt, completion, cacheRead, because: ` (the prompt's price from \`${other.id}\`)` };
  }
  const prompt = inProportion(completion, pricing);
  const cacheRead = prompt && cacheReadAt(prompt);
  if (prompt && cacheRead)
    return { prompt, completion, cacheRead, because: ' (prompt and answer in the proportion of the listed prices)' };
  const pairs = wholeCents.flatMap((price) => {
    const rest = cacheReadAt(price);
    return rest !== undefined && isWholeCents(rest) ? [{ prompt: price, cacheRead: rest }] : [];
  });
  const [pair, ...more] = pairs;
  if (pair === undefined || more.length > 0) return undefined;
  return { ...pair, completion, because: ' (the only pair in whole cents a million tokens)' };
}

/** Up to ten dollars a million tokens. */
const wholeCents: readonly Decimal[] = Array.from({ length: 1_000 }, (_, index) => ({
  units: BigInt(index + 1),
  scale: 8,
}));

function isWholeCents(price: Decimal): boolean {
  return times(price, 100_000_000).units % 10n ** BigInt(price.scale) === 0n;
}

/** Only where the answer's price differs, so that something is known. */
function inProportion(completion: Decimal, pricing: Pricing): Decimal | undefined {
  const listed = decimal(pricing.completion);
  const prompt = decimal(pricing.prompt);
  if (listed === undefined || prompt === undefined || isEqual(listed, completion)) return undefined;
  return dividedBy(multiply(prompt, completion), listed);
}

function impliedCompletion({ cost_details: details, completion_tokens: tokens }: Usage): Decimal | undefined {
  const paid = amount(details?.upstream_inference_completions_cost);
  return paid && dividedBy(paid, whole(tokens));
}

function impliedPrompt({ cost_details: details, ...usage }: Usage): Decimal | undefined {
  const paid = amount(details?.upstream_inference_prompt_cost);
  const isPlain = (usage.prompt_tokens_details?.cached_tokens ?? 0) === 0;
  return paid && isPlain ? dividedBy(paid, whole(usage.prompt_tokens)) : undefined;
}

type Seller = Pick<RecordedCost, 'id' | 'answered' | 'provider'>;

function isSameSeller(left: Seller, right: Seller): boolean {
  return left.id !== right.id && left.answered === right.answered && left.provider === right.provider;
}

function idsOf(records: readonly RecordedCost[]): string {
  return records.map(({ id }) => `\`${id}\``).join(' and ');
}

function amount(value: number | null | undefined): Decimal | undefined {
  return typeof value === 'number' ? decimal(value) : undefined;
}

function whole(count: number): Decimal {
  return { units: BigInt(count), scale: 0 };
}
