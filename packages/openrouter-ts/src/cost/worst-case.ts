import type { ChatRequest } from '../wire/chat-request.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import type { Model } from '../wire/model.ts';
import { answerBound } from './answer-bound.ts';
import { add, type Decimal } from './decimal.ts';
import { plainContent } from './plain-content.ts';
import { promptBound } from './prompt-bound.ts';
import { requestContent } from './request-content.ts';
import { times, worstCaseTerms } from './worst-case-terms.ts';

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
  const terms = worstCaseTerms(request, content, model, endpoints);
  if (terms === undefined) return undefined;
  const { rounds, context, found, promptPrice, answerPrice, roundFees, fees } = terms;
  // Each round puts what its tools answered, of any length, before the next one.
  const promptTokens = rounds > 1 ? context : Math.min(context, promptBound(request, content) + found);
  const answerTokens = answerBound(request, model, endpoints);
  if (!Number.isFinite(promptTokens + answerTokens)) return undefined;
  const tokens = add(times(promptPrice, promptTokens), times(answerPrice, answerTokens));
  return add(times(add(tokens, roundFees), rounds), fees);
}
