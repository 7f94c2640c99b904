import type { ChatRequest } from '../wire/chat-request.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import type { Model } from '../wire/model.ts';
import { answerBound, askedAnswerLength, leastTokens } from './answer-bound.ts';
import { add, type Decimal, unitsAt } from './decimal.ts';
import { plainText } from './plain-content.ts';
import { promptBound } from './prompt-bound.ts';
import type { RequestContent } from './request-content.ts';
import { hourLongCache, worstCaseTerms } from './worst-case-terms.ts';

/** Members of a request that have a say in its worst case only as they are read here, or none at all. */
const covered: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'max_tokens',
  'max_completion_tokens',
  'temperature',
  'top_p',
  'top_k',
  'top_a',
  'min_p',
  'frequency_penalty',
  'presence_penalty',
  'repetition_penalty',
  'seed',
  'stop',
  'logit_bias',
  'logprobs',
  'top_logprobs',
  'stream',
  'stream_options',
  'usage',
  'user',
  'session_id',
  'metadata',
]);

const nothing: RequestContent = { text: '', media: [] };

/** What is the same for all plain requests to a model. Money in units of one size. */
interface PlainTerms {
  /** The longest prompt, in tokens. */
  readonly context: number;
  /** What the model's own searches may add to a prompt, in tokens. */
  readonly found: number;
  /** The longest answer, where the request sets no limit, in tokens. */
  readonly longestAnswer: number;
  /** How much longer an answer may be than the limit of the request, in tokens. */
  readonly beyondLimit: number;
  readonly scale: number;
  readonly promptUnits: bigint;
  readonly answerUnits: bigint;
  readonly fees: bigint;
}

/** They hold until the listing is read again. */
const remembered = new WeakMap<
  Model,
  { readonly endpoints: readonly Endpoint[]; readonly terms: PlainTerms | undefined }
>();

/**
 * The worst case of a request that is nothing but text for one model, which most are: the same amount as {@link worstCaseUsd} finds, with hardly
 * any work for each request.
 *
 * @param request - the request
 * @param model - the model that is to answer, as it is listed
 * @param endpoints - who serves it, as listed
 * @returns USD; undefined for every other request, and where it is not known
 */
export function plainWorstCaseUsd(
  request: ChatRequest,
  model: Model,
  endpoints: readonly Endpoint[],
): Decimal | undefined {
  if (request.model !== model.id || !Object.keys(request).every(isCovered)) return undefined;
  const text = plainText(request);
  if (text === undefined || text.includes(hourLongCache)) return undefined;
  const terms = termsFor(model, endpoints);
  return terms && worstBy(terms, request, text);
}

function isCovered(name: string): boolean {
  return covered.has(name);
}

function worstBy(terms: PlainTerms, request: ChatRequest, text: string): Decimal | undefined {
  const answer = answerTokens(askedAnswerLength(request), terms);
  if (answer === undefined) return undefined;
  const prompt = promptTokens(promptBound(request, { text, media: [] }), terms);
  return {
    units: terms.promptUnits * BigInt(prompt) + terms.answerUnits * BigInt(answer) + terms.fees,
    scale: terms.scale,
  };
}

function promptTokens(bound: number, { context, found }: PlainTerms): number {
  return Math.ceil(Math.min(context, bound + found));
}

function answerTokens(asked: number | undefined, { longestAnswer, beyondLimit }: PlainTerms): number | undefined {
  if (asked === undefined) return Number.isFinite(longestAnswer) ? Math.ceil(longestAnswer) : undefined;
  // Fractions are rounded after everything is added up, and huge numbers lose digits on the way.
  return Number.isInteger(asked) && asked < 1e12 ? Math.max(asked, leastTokens) + beyondLimit : undefined;
}

function termsFor(model: Model, endpoints: readonly Endpoint[]): PlainTerms | undefined {
  const known = remembered.get(model);
  if (known?.endpoints === endpoints) return known.terms;
  const terms = findTerms(model, endpoints);
  remembered.set(model, { endpoints, terms });
  return terms;
}

function findTerms(model: Model, endpoints: readonly Endpoint[]): PlainTerms | undefined {
  const plain: ChatRequest = { model: model.id, messages: [] };
  const terms = worstCaseTerms(plain, nothing, model, endpoints);
  if (terms === undefined) return undefined;
  const { context, found, promptPrice, answerPrice } = terms;
  const fees = add(terms.roundFees, terms.fees);
  const scale = Math.max(promptPrice.scale, answerPrice.scale, fees.scale);
  return {
    context,
    found,
    longestAnswer: answerBound(plain, model, endpoints),
    beyondLimit: answerBound({ ...plain, max_tokens: leastTokens }, model, endpoints) - leastTokens,
    scale,
    promptUnits: unitsAt(scale, promptPrice),
    answerUnits: unitsAt(scale, answerPrice),
    fees: unitsAt(scale, fees),
  };
}
