import type { ChatRequest } from '../wire/chat-request.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import type { Model } from '../wire/model.ts';
import { longestContext } from './answer-bound.ts';
import { dearer, dearestPrices, type DearestPrices } from './dearest-prices.ts';
import { multiply } from './decimal-arithmetic.ts';
import { add, type Decimal, zero } from './decimal.ts';
import { asksForTier, eligibleEndpoints } from './eligible-endpoints.ts';
import { parsingFees } from './parsing-fees.ts';
import type { PriceKey } from './price-key.ts';
import type { RequestContent } from './request-content.ts';
import { serverWork, type ServerWork } from './server-tools.ts';

/** What a token of the prompt can be. */
const promptKeys: readonly PriceKey[] = [
  'prompt',
  'input_cache_read',
  'input_cache_write',
  'image_token',
  'audio',
  'input_audio_cache',
];

/** What a token of the answer can be. */
const answerKeys: readonly PriceKey[] = ['completion', 'internal_reasoning', 'image_output', 'audio_output'];

/** What a prompt has in it that asks to be cached for an hour, when it is written as JSON. */
export const hourLongCache = '"ttl":"1h"';

/** The longest result that a search puts into the prompt, in tokens. Nobody says; recorded ones are a third of it. */
const tokensPerResult = 4_096;

/** The dearest engine that OpenRouter searches with, and what it charges for each result beyond ten. */
const dearestSearch: Decimal = { units: 15n, scale: 3 };
const furtherResult: Decimal = { units: 1n, scale: 3 };
const includedResults = 10;

/** What the worst case of a request is made of, but for the lengths of its prompt and of its answer. Prices in USD. */
export interface WorstCaseTerms {
  /** How often the model is asked, each time with the whole prompt. */
  readonly rounds: number;
  /** The longest prompt that the model takes, in tokens. */
  readonly context: number;
  /** What searches may add to the prompt, in tokens. */
  readonly found: number;
  /** The highest price of a token of the prompt. */
  readonly promptPrice: Decimal;
  /** The highest price of a token of the answer. */
  readonly answerPrice: Decimal;
  /** What comes on top each time that the model is asked. */
  readonly roundFees: Decimal;
  /** What comes on top once. */
  readonly fees: Decimal;
}

/**
 * Finds what the worst case of a request is made of.
 *
 * @param request - the request
 * @param content - what is in it
 * @param model - the model that is to answer, as it is listed
 * @param endpoints - who serves it, as listed
 * @returns undefined when it is not known
 */
export function worstCaseTerms(
  request: ChatRequest,
  content: RequestContent,
  model: Model,
  endpoints: readonly Endpoint[],
): WorstCaseTerms | undefined {
  const work = serverWork(request, model.id);
  const prices = rememberedPrices(request, model, endpoints);
  const parsing = parsingFees(request, model, content);
  if (work === undefined || prices === undefined || parsing === undefined || hasPreset(request)) return undefined;
  const pictures = content.media.filter(({ type }) => type === 'image').length;
  return {
    rounds: work.rounds,
    context: longestContext(model, endpoints),
    found: work.searches * work.resultsPerSearch * tokensPerResult,
    promptPrice: highest(prices, promptKeysFor(request, content.text)),
    answerPrice: highest(prices, answerKeys),
    roundFees: add(prices.request ?? zero, times(prices.image ?? zero, pictures)),
    fees: add(searchFees(prices, work), parsing),
  };
}

/** What was found for requests without wishes of their own, which most are: prices are the same until the listing is read again. */
const remembered = new WeakMap<
  Model,
  { readonly endpoints: readonly Endpoint[]; readonly prices: DearestPrices | undefined }
>();

function rememberedPrices(
  request: ChatRequest,
  model: Model,
  endpoints: readonly Endpoint[],
): DearestPrices | undefined {
  if (request.provider != null || asksForTier(request)) return dearestPricesOf(request, model, endpoints);
  const known = remembered.get(model);
  if (known?.endpoints === endpoints) return known.prices;
  const prices = dearestPricesOf(request, model, endpoints);
  remembered.set(model, { endpoints, prices });
  return prices;
}

function dearestPricesOf(
  request: ChatRequest,
  model: Model,
  endpoints: readonly Endpoint[],
): DearestPrices | undefined {
  // What is charged for more speed only the endpoints tell.
  if (endpoints.length === 0 && asksForTier(request)) return undefined;
  const lists = eligibleEndpoints(request, endpoints).map(({ pricing }) => pricing);
  return dearestPrices(lists.length > 0 ? lists : [model.pricing]);
}

/**
 * Tells whether a request uses a preset, which can add messages and tools that are not in it.
 *
 * @param request - the request
 * @returns true when it names one
 */
export function hasPreset({ preset, model = '', models = [] }: ChatRequest): boolean {
  return preset !== undefined || [model, ...models].some((id) => id.includes('@preset/'));
}

function promptKeysFor({ cache_control: cached }: ChatRequest, text: string): readonly PriceKey[] {
  const isForAnHour = cached?.ttl === '1h' || text.includes(hourLongCache);
  return isForAnHour ? [...promptKeys, 'input_cache_write_1h'] : promptKeys;
}

function highest(prices: DearestPrices, keys: readonly PriceKey[]): Decimal {
  let most = zero;
  for (const key of keys) most = dearer(prices[key], most);
  return most;
}

function searchFees({ web_search: listed }: DearestPrices, { searches, resultsPerSearch }: ServerWork): Decimal {
  const further = times(furtherResult, Math.max(0, resultsPerSearch - includedResults));
  return times(add(dearer(listed, dearestSearch), further), searches);
}

/**
 * What many of a thing cost.
 *
 * @param price - what one costs
 * @param count - how many there are; of a part of one the whole counts
 * @returns the product
 */
export function times(price: Decimal, count: number): Decimal {
  return multiply(price, { units: BigInt(Math.ceil(count)), scale: 0 });
}
