import { findListed } from '../catalogue/find-listed.ts';
import type { ModelStore } from '../catalogue/model-store.ts';
import type { Decimal } from '../cost/decimal.ts';
import { compare } from '../cost/decimal-arithmetic.ts';
import { plainWorstCaseUsd } from '../cost/plain-worst-case.ts';
import { worstCaseUsd } from '../cost/worst-case.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { AbortScope } from '../util/abort-scope.ts';
import type { ChatRequest } from '../wire/chat-request.ts';
import { isChatRequest } from './is-chat-request.ts';

/**
 * Says what a request may cost at worst, from what the client knows of models: the dearest of the models that may answer it counts.
 *
 * @param request - the request
 * @param store - what the client knows of models
 * @returns USD, exact, or `undefined` when nobody knows; a promise only when the API has to be asked, or when there are several models
 * @throws the errors of every call when the API has to be asked for prices and does not tell them
 */
export function worstCaseOf(
  { body, scope }: ApiRequest,
  store: ModelStore,
): Decimal | undefined | Promise<Decimal | undefined> {
  if (!isChatRequest(body)) return undefined;
  const { model, models } = body;
  const known = model === undefined || models != null ? undefined : store.recall(model);
  if (known === undefined) return dearestOf(body, scope, store);
  return plainWorstCaseUsd(body, known.model, known.endpoints) ?? worstCaseUsd(body, known.model, known.endpoints);
}

async function dearestOf(body: ChatRequest, { signal }: AbortScope, store: ModelStore): Promise<Decimal | undefined> {
  const listed = (await store.models(signal)).value;
  let worst: Decimal | undefined;
  for (const id of new Set([body.model, ...(body.models ?? [])])) {
    if (id === undefined) continue;
    const model = findListed(listed, id);
    if (model === undefined) return undefined;
    const endpoints = (await store.endpoints(model.id, signal)).value;
    const usd = worstCaseUsd(body, model, endpoints);
    if (usd === undefined) return undefined;
    if (worst === undefined || compare(usd, worst) > 0) worst = usd;
  }
  return worst;
}
