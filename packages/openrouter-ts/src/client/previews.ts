import type { OpenStore } from '../catalogue/open-store.ts';
import type { RequestFinding } from '../catalogue/request-finding.ts';
import type { CostEstimate } from '../cost/cost-estimate.ts';
import type { CountTokens } from '../cost/token-estimate.ts';
import type { UsageLearner } from '../cost/usage-learner.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { OnDemand } from '../http/on-demand.ts';
import { modelOf } from '../pipeline/model-of.ts';
import type { ChatRequest } from '../wire/chat-request.ts';
import type { Usage } from '../wire/usage.ts';

/** What estimates and checks. */
export const previewsPart: OnDemand<typeof import('./preview.ts')> = new OnDemand(
  'previews',
  () => import('./preview.ts'),
);

/** What can be said of a request before it is sent. It is loaded when somebody asks; until then a client pays nothing for it. */
export interface Previews {
  /** Estimates what a request costs. */
  readonly estimate: (request: ChatRequest, signal?: AbortSignal) => Promise<CostEstimate>;
  /** Finds what is wrong with a request. */
  readonly check: (request: ChatRequest, signal?: AbortSignal) => Promise<readonly RequestFinding[]>;
  /** Learns from an answer, once estimates were asked for. It takes no longer than to put the answer into a list. */
  readonly learn: (request: ApiRequest, usage: Usage) => void;
}

/**
 * Makes the previews of a client.
 *
 * @param open - opens what the client knows of models
 * @param countTokens - counts the tokens of a text, if the caller knows how
 * @returns the previews
 */
export function previews(open: OpenStore, countTokens: CountTokens | undefined): Previews {
  let learner: UsageLearner | undefined;
  return {
    estimate: async (request, signal) => {
      const [{ estimateRequest, UsageLearner: Learner }, store] = await Promise.all([
        previewsPart.load(signal),
        open(),
      ]);
      learner ??= new Learner(countTokens);
      return estimateRequest(store, request, { learner, countTokens }, signal);
    },
    check: async (request, signal) => {
      const [{ checkInCatalogue }, store] = await Promise.all([previewsPart.load(signal), open()]);
      return checkInCatalogue(store, request, { countTokens }, signal);
    },
    learn: (request, usage) => {
      const model = modelOf(request);
      const { body } = request;
      if (model !== undefined && previewsPart.loaded?.isChatRequest(body) === true) learner?.learn(body, usage, model);
    },
  };
}
