import type { ChatRequest } from '../wire/chat-request.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import type { Model } from '../wire/model.ts';
import { answerBound, longestContext } from './answer-bound.ts';
import { dearer, dearestPrices, type DearestPrices } from './dearest-prices.ts';
import { add, type Decimal, multiply, zero } from './decimal.ts';
import { asksForTier, eligibleEndpoints } from './eligible-endpoints.ts';
import type { PriceKey } from './price-key.ts';
import { parsingFees } from './parsing-fees.ts';
import { plainContent } from './plain-content.ts';
import { promptBound } from './prompt-bound.ts';
import { requestContent } from './request-content.ts';
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

/** The longest result that a search puts into the prompt, in tokens. Nobody says; recorded ones are a third of it. */
const tokensPerResult = 4_096;

/** The dearest engine that OpenRouter searches with, and what it charges for each result beyond ten. */
const dearestSearch: Decimal = { units: 15n, scale: 3 };
const furtherResult: Decimal = { units: 1n, scale: 3 };
const includedResults = 10;

/**
 * More than a request can cost when one model answers it, for those who set money aside before they know the bill. It is meant never to be
 * exceeded, and is far above what is usual. It says nothing of plugins that the account turns on for every request, and nothing of other
 * models that the request names: their worst cases are their own.
 *
 * @param request - the request
 * @param model - the model that is to answer, as it is listed
 * @param endpoints - who serves it, as listed; none if that is not known, and then the prices of the listing hold
 * @returns USD, or undefined when it is not known: a router without a price, a preset, tools that ask other models, or no limit at all
 */
export function worstCaseUsd(request: ChatRequest, model: Model, endpoints: readonly Endpoint[]): Decimal | undefined {
  const content = plainContent(request) ?? requestContent(request);
  const work = serverWork(request, model.id);
  const prices = rememberedPrices(request, model, endpoints);
  const parsing = parsingFees(request, model, content);
  if (work === undefined || prices === undefined || parsing === undefined || hasPreset(request)) return undefined;
  const context = longestContext(model, endpoints);
  const found = work.searches * work.resultsPerSearch * tokensPerResult;
  // Each round puts what its tools answered, of any length, before the next one.
  const promptTokens = work.rounds > 1 ? context : Math.min(context, promptBound(request, content) + found);
  const answerTokens = answerBound(request, model, endpoints);
  if (!Number.isFinite(promptTokens + answerTokens)) return undefined;
  const pictures = content.media.filter(({ type }) => type === 'image').length;
  const round = sum(
    times(highest(prices, promptKeysFor(request, content.text)), promptTokens),
    times(highest(prices, answerKeys), answerTokens),
    times(prices.request ?? zero, 1),
    times(prices.image ?? zero, pictures),
  );
  return sum(times(round, work.rounds), searchFees(prices, work), parsing);
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
  const isForAnHour = cached?.ttl === '1h' || text.includes('"ttl":"1h"');
  return isForAnHour ? [...promptKeys, 'input_cache_write_1h'] : promptKeys;
}

function highest(prices: DearestPrices, keys: readonly PriceKey[]): Decimal {
  let most = zero;
  for (const key of keys) most = dearer(prices[key], most);
  return most;
}

function searchFees({ web_search: listed }: DearestPrices, { searches, resultsPerSearch }: ServerWork): Decimal {
  const further = times(furtherResult, Math.max(0, resultsPerSearch - includedResults));
  return times(sum(dearer(listed, dearestSearch), further), searches);
}

function times(price: Decimal, count: number): Decimal {
  return multiply(price, { units: BigInt(Math.ceil(count)), scale: 0 });
}

function sum(...amounts: readonly Decimal[]): Decimal {
  return amounts.reduce(add, zero);
}
