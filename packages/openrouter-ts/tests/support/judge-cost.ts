import { costOf } from '../../src/cost/cost-of.ts';
import { add, decimal, toText, zero } from '../../src/cost/decimal.ts';
import { compare, multiply, subtract } from '../../src/cost/decimal-arithmetic.ts';
import type { Decimal } from '../../src/cost/decimal.ts';
import { tellCost, tellUpstreamCost } from '../../src/cost/tell-cost.ts';
import type { Pricing } from '../../src/wire/pricing.ts';
import { dividedBy, isEqual, perMillion, times } from './exact-quotient.ts';
import { impliedPrices } from './implied-prices.ts';
import type { ImpliedPrices } from './implied-prices.ts';
import { listedModel } from './recorded-cost.ts';
import type { ListedModel, RecordedCost } from './recorded-cost.ts';

/**
 * What became of comparing a recorded cost with the listed prices. Whatever is not `exact` was proved from the record by computing the recorded
 * cost again, to the last digit; what could not be is `unproved`.
 */
export interface Verdict {
  readonly type:
    | 'exact'
    | 'not listed'
    | 'own key'
    | 'tools'
    | 'discount'
    | 'other prices'
    | 'request fee'
    | 'unproved';
  /** The figures. */
  readonly proof: string;
}

/**
 * Compares a recorded cost with what the listed prices make of its tokens.
 *
 * @param record - what the answer told
 * @param models - the catalogue
 * @param others - records that may know the same provider's prices
 * @returns the verdict
 */
export function judgeCost(
  record: RecordedCost,
  models: readonly ListedModel[],
  others: readonly RecordedCost[],
): Verdict {
  const model = listedModel(models, record);
  if (model === undefined) return { type: 'not listed', proof: 'the catalogue has no such model' };
  const listed = priced(record, model.pricing);
  const told = tellCost(record.usage);
  if (listed === undefined || told === undefined) return { type: 'unproved', proof: 'there is nothing to compare' };
  if (isEqual(listed, told)) return { type: 'exact', proof: '' };
  const question = { record, pricing: model.pricing, listed, told, upstream: tellUpstreamCost(record.usage) ?? zero };
  return (
    ownKey(question) ??
    tools(question) ??
    otherPrices(question, others) ??
    requestFee(question) ?? { type: 'unproved', proof: `the listed prices make ${toText(listed)}` }
  );
}

interface Question {
  readonly record: RecordedCost;
  readonly pricing: Pricing;
  /** What the listed prices make of the tokens. */
  readonly listed: Decimal;
  /** The recorded `usage.cost`. */
  readonly told: Decimal;
  /** The recorded `upstream_inference_cost`. */
  readonly upstream: Decimal;
}

function priced({ usage, recorded_at: at }: RecordedCost, pricing: Pricing): Decimal | undefined {
  const cost = costOf(usage, pricing, { atEpochMs: Date.parse(at) });
  return cost.type === 'known' ? cost.usd : undefined;
}

function ownKey({ record, listed, told, upstream }: Question): Verdict | undefined {
  if (record.usage.is_byok !== true || !isEqual(listed, upstream)) return undefined;
  return { type: 'own key', proof: `\`is_byok\`; upstream ${toText(upstream)} = listed, charged ${toText(told)}` };
}

function tools({ record, listed, told, upstream }: Question): Verdict | undefined {
  const executed = record.usage.server_tool_use_details?.tool_calls_executed ?? 0;
  if (executed === 0 || !isEqual(listed, upstream)) return undefined;
  const rest = toText(subtract(told, upstream));
  const offered = record.tools.map((tool) => `\`${tool}\``).join(', ');
  return {
    type: 'tools',
    proof: `upstream ${toText(upstream)} = listed; ${executed} call of ${offered} ran, and ${rest} is left`,
  };
}

/** The prices that the record's own amounts divide into, against those of the list. */
function otherPrices(question: Question, others: readonly RecordedCost[]): Verdict | undefined {
  const { record, pricing, told, upstream } = question;
  const implied = impliedPrices(record, pricing, others);
  const again = implied && priced(record, { ...pricing, ...texts(implied) });
  if (implied === undefined || again === undefined || !isEqual(again, upstream)) return undefined;
  const figures = `${comparison(implied, pricing)}${implied.because}`;
  if (isEqual(again, told)) return { type: 'other prices', proof: `${figures}; these make ${toText(again)}` };
  const kept = dividedBy(told, upstream);
  if (kept === undefined || compare(kept, { units: 1n, scale: 0 }) >= 0) return undefined;
  const percent = toText(subtract({ units: 100n, scale: 0 }, times(kept, 100)));
  return { type: 'discount', proof: `${figures}; these make ${toText(again)}, less ${percent} % is ${toText(told)}` };
}

function texts({ prompt, completion, cacheRead }: ImpliedPrices): Partial<Pricing> {
  const cached = cacheRead === undefined ? {} : { input_cache_read: toText(cacheRead) };
  return { prompt: toText(prompt), completion: toText(completion), ...cached };
}

function comparison({ prompt, completion, cacheRead }: ImpliedPrices, pricing: Pricing): string {
  const pairs = [
    ['prompt', prompt, pricing.prompt],
    ['answer', completion, pricing.completion],
    ['cache', cacheRead, pricing.input_cache_read],
  ] as const;
  const parts = pairs.map(([name, paid, text]) => {
    if (paid === undefined) return undefined;
    const listed = text === undefined ? undefined : decimal(text);
    if (listed === undefined) return `${name} ${perMillion(paid)}, not listed`;
    return `${name} ${perMillion(paid)} ${isEqual(paid, listed) ? 'as listed' : `for ${perMillion(listed)}`}`;
  });
  return parts.filter((part) => part !== undefined).join(', ');
}

/** Perplexity asks for a request too; its bill has one more token of prompt than the answer tells of. */
function requestFee({ record, pricing, listed, told }: Question): Verdict | undefined {
  const promptPrice = decimal(pricing.prompt) ?? zero;
  const promptCost = decimal(record.usage.cost_details?.upstream_inference_prompt_cost ?? Number.NaN);
  const tokens = multiply(promptPrice, { units: BigInt(record.usage.prompt_tokens), scale: 0 });
  const fee = subtract(subtract(told, listed), promptPrice);
  const isWholeTenthOfACent = (fee.units * 1_000n) % 10n ** BigInt(fee.scale) === 0n && fee.units > 0n;
  if (promptCost === undefined || !isEqual(promptCost, tokens) || !isWholeTenthOfACent) return undefined;
  const again = add(add(listed, promptPrice), fee);
  return isEqual(again, told)
    ? {
        type: 'request fee',
        proof: `listed ${toText(listed)}; left are ${toText(fee)} and the price of one token of prompt, ${toText(promptPrice)}`,
      }
    : undefined;
}
