import type { OpenStore } from '../catalogue/open-store.ts';
import { checkInCatalogue, estimateRequest } from '../catalogue/preview.ts';
import type { RequestFinding } from '../catalogue/request-finding.ts';
import type { CostEstimate } from '../cost/cost-estimate.ts';
import type { CountTokens } from '../cost/token-estimate.ts';
import { UsageLearner } from '../cost/usage-learner.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { modelOf } from '../pipeline/model-of.ts';
import type { ChatRequest } from '../wire/chat-request.ts';
import type { Usage } from '../wire/usage.ts';
import { isChatRequest } from './is-chat-request.ts';

/** What can be said of a request before it is sent. It is loaded when somebody asks; until then a client pays nothing for it. */
export interface Previews {
  /** Estimates what a request costs. */
  readonly estimate: (request: ChatRequest, signal?: AbortSignal) => Promise<CostEstimate>;
  /** Finds what is wrong with a request. */
  readonly check: (request: ChatRequest, signal?: AbortSignal) => Promise<readonly RequestFinding[]>;
  /** Learns from an answer, once a preview was asked for. It takes no longer than to put the answer into a list. */
  readonly learn: (request: ApiRequest, usage: Usage) => void;
}

/**
 * Makes what estimates and checks for a client.
 *
 * @param open - opens what the client knows of models
 * @param countTokens - counts the tokens of a text, if the caller knows how
 * @returns the previews
 */
export function preview(open: OpenStore, countTokens: CountTokens | undefined): Previews {
  const learner = new UsageLearner(countTokens);
  return {
    estimate: async (request, signal) => estimateRequest(await open(signal), request, { learner, countTokens }, signal),
    check: async (request, signal) => checkInCatalogue(await open(signal), request, { countTokens }, signal),
    learn: (request, usage) => {
      const model = modelOf(request);
      const { body } = request;
      if (model !== undefined && isChatRequest(body)) learner.learn(body, usage, model);
    },
  };
}
