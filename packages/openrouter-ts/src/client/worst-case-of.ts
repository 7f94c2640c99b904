import { findListed } from '../catalogue/find-listed.ts';
import type { OpenStore } from '../catalogue/open-store.ts';
import { compare, type Decimal } from '../cost/decimal.ts';
import { worstCaseUsd } from '../cost/worst-case.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { isChatRequest } from './is-chat-request.ts';

/**
 * Says what a request may cost at worst, from what the client knows of models: the dearest of the models that may answer it counts.
 *
 * @param request - the request
 * @param open - opens what the client knows of models
 * @returns USD, exact; `undefined` when nobody knows
 * @throws the errors of every call when the API has to be asked for prices and does not tell them
 */
export async function worstCaseOf(request: ApiRequest, open: OpenStore): Promise<Decimal | undefined> {
  const { body, scope } = request;
  if (!isChatRequest(body)) return undefined;
  const store = await open();
  const listed = (await store.models(scope.signal)).value;
  let worst: Decimal | undefined;
  for (const id of new Set([body.model, ...(body.models ?? [])])) {
    if (id === undefined) continue;
    const model = findListed(listed, id);
    if (model === undefined) return undefined;
    const endpoints = (await store.endpoints(model.id, scope.signal)).value;
    const usd = worstCaseUsd(body, model, endpoints);
    if (usd === undefined) return undefined;
    if (worst === undefined || compare(usd, worst) > 0) worst = usd;
  }
  return worst;
}
