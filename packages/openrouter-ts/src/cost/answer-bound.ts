import type { ChatRequest } from '../wire/chat-request.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import type { Model } from '../wire/model.ts';

/** Some providers make at least so many tokens, whatever the request says. */
export const leastTokens = 16;

/** Models whose thoughts have a budget of their own get at least so much of it. A recorded answer of at most 10 tokens has 60 of thoughts. */
const leastThoughts = 1_024;

/** Pictures are made whole, whatever the longest answer may be: four of the most expensive kind. */
const tokensForPictures = 32_768;

/** A number that a limit may be. */
function isLimit(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

/**
 * The longest context that a model may have.
 *
 * @param model - the model
 * @param endpoints - who may answer
 * @returns tokens; infinity when nobody says
 */
export function longestContext(model: Model, endpoints: readonly Endpoint[]): number {
  const lengths: readonly unknown[] = [
    model.context_length,
    model.top_provider.context_length,
    ...endpoints.map((endpoint) => endpoint.context_length),
  ];
  const known = lengths.filter(isLimit);
  return known.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...known);
}

/**
 * What a request allows an answer to have, thoughts included.
 *
 * @param request - the request
 * @returns tokens, or undefined when it says nothing
 */
export function askedAnswerLength({ max_tokens, max_completion_tokens }: ChatRequest): number | undefined {
  const asked = Math.max(
    isLimit(max_tokens) ? max_tokens : 0,
    isLimit(max_completion_tokens) ? max_completion_tokens : 0,
  );
  return asked === 0 ? undefined : asked;
}

/**
 * The longest answer that a model gives.
 *
 * @param model - the model
 * @param endpoints - who may answer
 * @returns tokens; the whole context where nobody sets a limit, infinity when that is not known either
 */
export function longestAnswer(model: Model, endpoints: readonly Endpoint[]): number {
  const context = longestContext(model, endpoints);
  const offers = endpoints.length > 0 ? endpoints : [model.top_provider];
  const limits = offers.map(({ max_completion_tokens: most }) => (isLimit(most) ? most : context));
  return Math.min(context, Math.max(...limits));
}

/**
 * More tokens than all answers to a request have together, thoughts included.
 *
 * @param request - the request
 * @param model - the model that is to answer
 * @param endpoints - who may answer
 * @returns tokens; infinity when neither the request nor the model sets a limit
 */
export function answerBound(request: ChatRequest, model: Model, endpoints: readonly Endpoint[]): number {
  const asked = askedAnswerLength(request);
  const thoughts = mayThink(request, model) ? leastThoughts : 0;
  const allowed = asked === undefined ? undefined : Math.max(asked, leastTokens) + thoughts;
  const most = allowed ?? longestAnswer(model, endpoints);
  const pictures = model.architecture.output_modalities.includes('image') ? tokensForPictures : 0;
  return (most + pictures) * Math.max(1, answersOf(request));
}

/** Where the listing does not say that a model keeps quiet unless asked, it may think. */
function mayThink({ reasoning, reasoning_effort: effort }: ChatRequest, model: Model): boolean {
  if (reasoning != null || effort != null) return true;
  const { reasoning: listed, supported_parameters: parameters } = model;
  if (listed === undefined) return parameters.includes('reasoning');
  return listed.mandatory === true || listed.default_enabled !== false;
}

function answersOf({ n }: ChatRequest): number {
  return isLimit(n) ? n : 1;
}
