import type { ChatRequest } from '../wire/chat-request.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import type { Model } from '../wire/model.ts';
import type { Pricing } from '../wire/pricing.ts';
import type { CostEstimate, EstimateBasis, EstimatedTokens } from './cost-estimate.ts';
import { add, type Decimal, toNumber, toText, zero } from './decimal.ts';
import { compare, multiply } from './decimal-arithmetic.ts';
import { dearer } from './dearest-prices.ts';
import { asksForTier, eligibleEndpoints } from './eligible-endpoints.ts';
import { estimateLengths, type LengthOptions } from './estimate-lengths.ts';
import type { PriceKey } from './price-key.ts';
import { isSamePrice, type PricesInForce, pricesFor } from './prices-for.ts';
import { requestContent } from './request-content.ts';
import { serverWork, type ServerWork } from './server-tools.ts';
import { hasPreset } from './worst-case-terms.ts';
import { worstCaseUsd } from './worst-case.ts';

/** What an estimate is made with, beside the request and what is listed. */
export interface EstimateOptions extends LengthOptions {
  /** When the request is to be sent, in milliseconds since 1970. */
  readonly atEpochMs: number;
  /** When the prices were read, in milliseconds since 1970. Default: when the request is to be sent. */
  readonly listedAtEpochMs?: number | undefined;
}

interface Bill {
  readonly low: Decimal;
  readonly likely: Decimal;
  readonly high: Decimal;
}

/**
 * Estimates what a request costs when one model answers it.
 *
 * @param request - the request
 * @param model - the model, as it is listed
 * @param endpoints - who serves it, as listed; none if that is not known, and then the prices of the listing hold
 * @param options - the time, what was learnt, and a tokenizer
 * @returns the estimate, or why there can be none
 */
export function estimateCost(
  request: ChatRequest,
  model: Model,
  endpoints: readonly Endpoint[],
  options: EstimateOptions,
): CostEstimate {
  const eligible = eligibleEndpoints(request, endpoints);
  const { promptTokens, completionTokens, restsOn } = estimateLengths(request, model, eligible, options);
  const lengths = { model: model.id, promptTokens, completionTokens };
  const work = serverWork(request, model.id);
  const obstacle = obstacleIn(request, endpoints, completionTokens.high);
  if (work === undefined || obstacle !== undefined)
    return { type: 'unknown', ...lengths, restsOn: [...restsOn, obstacle ?? otherModels], missing: [] };
  const lists = eligible.length > 0 ? eligible.map(({ pricing }) => pricing) : [model.pricing];
  const countables = countablesIn(request, model, work);
  const bills = lists.map((pricing) => billOf(pricing, lengths, countables, options));
  const known = bills.filter((bill): bill is Bill => !('missing' in bill));
  if (known.length < bills.length) {
    const missing = new Set(bills.flatMap((bill) => ('missing' in bill ? bill.missing : [])));
    const basis = { code: 'unknown-prices', message: 'The price depends on who answers, or is not listed.' };
    return { type: 'unknown', ...lengths, restsOn: [...restsOn, basis], missing: [...missing] };
  }
  const works = workBasis(work);
  // What searches and tools bring in has no usual size: only the worst case is known to be enough.
  const least = works.length > 0 ? worstCaseUsd(request, model, endpoints) : undefined;
  return knownEstimate({ ...lengths, restsOn: [...restsOn, priceBasis(eligible), ...works] }, known, least);
}

const otherModels: EstimateBasis = {
  code: 'other-models',
  message: 'Tools of the request ask other models, at prices of their own.',
};

function knownEstimate(tokens: EstimatedTokens, bills: readonly Bill[], least: Decimal | undefined): CostEstimate {
  const sorted = (name: keyof Bill): readonly Decimal[] => bills.map((bill) => bill[name]).sort(compare);
  const low = sorted('low').slice(0, 1).reduce(dearer, zero);
  const likely = sorted('likely')
    .slice(0, Math.ceil(bills.length / 2))
    .reduce(dearer, zero);
  const high = dearer(least, sorted('high').reduce(dearer, zero));
  return {
    type: 'known',
    ...tokens,
    lowUsd: toNumber(low),
    likelyUsd: toNumber(likely),
    highUsd: toNumber(high),
    exact: { low: toText(low), likely: toText(likely), high: toText(high) },
  };
}

/** What is charged beside tokens. */
interface Countables {
  readonly images: number;
  readonly searches: number;
  /** Whether the prompt may be written to a cache. */
  readonly isCached: boolean;
  /** What tokens of the answer can be. */
  readonly answers: readonly PriceKey[];
}

const answerKinds: Readonly<Record<string, readonly PriceKey[]>> = {
  text: ['completion', 'internal_reasoning'],
  image: ['image_output'],
  audio: ['audio_output'],
};

function countablesIn(request: ChatRequest, model: Model, work: ServerWork): Countables {
  const { media, text } = requestContent(request);
  return {
    images: media.filter(({ type }) => type === 'image').length,
    searches: work.searches > 0 ? 1 : 0,
    isCached: request.cache_control != null || text.includes('"cache_control"'),
    answers: model.architecture.output_modalities.flatMap((modality) => answerKinds[modality] ?? []),
  };
}

function billOf(
  pricing: Pricing,
  { promptTokens, completionTokens }: Pick<EstimatedTokens, 'promptTokens' | 'completionTokens'>,
  { images, searches, isCached, answers }: Countables,
  { atEpochMs, listedAtEpochMs }: EstimateOptions,
): Bill | { readonly missing: readonly PriceKey[] } {
  const missing = new Set<PriceKey>();
  const bill = (prompt: number, answer: number, isHigh: boolean): Decimal => {
    const prices = pricesFor(pricing, { promptTokens: prompt, atEpochMs, listedAtEpochMs });
    const price = (key: PriceKey): Decimal => {
      const listed = prices[key];
      if (listed === 'unknown') missing.add(key);
      return listed === undefined || listed === 'unknown' ? zero : listed;
    };
    for (const key of ['prompt', 'completion'] as const) if (prices[key] === undefined) missing.add(key);
    const promptPrice = isHigh && isCached ? dearer(price('prompt'), price('input_cache_write')) : price('prompt');
    const answerPrice = isHigh ? answers.map(price).reduce(dearer, price('completion')) : price('completion');
    return [
      times(promptPrice, prompt),
      times(answerPrice, answer),
      times(price('request'), 1),
      times(imagePrice(prices, price), images),
      times(price('web_search'), searches),
    ].reduce(add, zero);
  };
  const found = {
    low: bill(promptTokens.low, completionTokens.low, false),
    likely: bill(promptTokens.likely, completionTokens.likely, false),
    high: bill(promptTokens.high, completionTokens.high, true),
  };
  return missing.size > 0 ? { missing: [...missing] } : found;
}

/** Where the price of a picture is that of a token of the prompt, the picture is among those tokens already. */
function imagePrice(prices: PricesInForce, price: (key: PriceKey) => Decimal): Decimal {
  return isSamePrice(prices.image, prices.prompt) ? zero : price('image');
}

function obstacleIn(request: ChatRequest, endpoints: readonly Endpoint[], longest: number): EstimateBasis | undefined {
  if (hasPreset(request)) return { code: 'preset', message: 'A preset can add anything to the request.' };
  if (endpoints.length === 0 && asksForTier(request))
    return {
      code: 'unknown-prices',
      message: 'What more speed costs is not in the listing, and no endpoints are known.',
    };
  return Number.isFinite(longest)
    ? undefined
    : { code: 'unknown-limit', message: 'Neither the request nor the model limits the answer. Set max_tokens.' };
}

function priceBasis(eligible: readonly Endpoint[]): EstimateBasis {
  const [first, second] = eligible;
  if (first === undefined) return { code: 'listed-prices', message: 'The prices are those of the listing of models.' };
  const message =
    second === undefined
      ? `The prices are those of ${first.provider_name}.`
      : `The prices are those of the ${eligible.length} endpoints that may answer.`;
  return { code: 'endpoint-prices', message };
}

/** What OpenRouter does on its own, and pays others for. */
function workBasis({ rounds, searches }: ServerWork): readonly EstimateBasis[] {
  const basis: EstimateBasis[] = [];
  if (searches > 0)
    basis.push({
      code: 'search',
      message: 'One search is likely; what it finds makes the prompt longer than estimated.',
    });
  if (rounds > 1)
    basis.push({ code: 'server-tools', message: `Tools of OpenRouter may send the prompt up to ${rounds} times.` });
  return basis;
}

function times(price: Decimal, count: number): Decimal {
  return multiply(price, { units: BigInt(Math.ceil(count)), scale: 0 });
}
