import { add, decimal, toNumber, zero } from '../../cost/decimal.ts';
import { nextUtcPeriod, utcPeriodStart } from '../../util/utc-period.ts';
import type { ActivityItem } from '../../wire/activity.ts';
import type { SimulatedGeneration } from '../billing/generation-ledger.ts';
import { canonicalSlug, findModel } from '../catalogue/simulated-model.ts';
import type { Exchange, SimulatedResponse } from '../exchange.ts';
import { failure } from '../responses/failure.ts';
import { json } from '../responses/script.ts';

const dayMs = 86_400_000;
const days = 30;
/** The one workspace that there is. */
const workspace = '00000000-0000-4000-8000-000000000001';

/**
 * `GET /activity`: what was used on the last 30 days that are over, by day, model and provider. It adds up the answers that the simulator
 * remembers, of all keys; there is one workspace, and nobody but its owner in it.
 *
 * @see https://openrouter.ai/docs/api-reference/analytics/get-user-activity
 * @param exchange - the request
 * @returns the response
 */
export function activityEndpoint(exchange: Exchange): SimulatedResponse {
  const { date, group_by: groupBy, workspace_id: workspaceId } = exchange.request.query;
  const today = utcPeriodStart('daily', exchange.clock.epochMs());
  const from = date === undefined ? today - days * dayMs : Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(from) || from < today - days * dayMs || from >= today)
    return failure(400, { message: 'Date must be within the last 30 (completed) UTC days', userId: null });
  if (groupBy !== undefined && groupBy !== 'workspace') return failure(400, { userId: null });
  if (workspaceId !== undefined && workspaceId !== workspace) return json({ data: [] });
  const to = date === undefined ? today : nextUtcPeriod('daily', from);
  const rows = new Map<string, ActivityItem>();
  for (const generation of exchange.ledger.generations) {
    if (generation.createdMs < from || generation.createdMs >= to) continue;
    const row = rowOf(generation, exchange, groupBy !== undefined);
    const place = `${row.date} ${row.model} ${row.provider_name}`;
    const before = rows.get(place);
    rows.set(place, before === undefined ? row : sum(before, row));
  }
  return json({ data: [...rows.values()].toSorted((left, right) => right.date.localeCompare(left.date)) });
}

function rowOf(generation: SimulatedGeneration, { settings }: Exchange, byWorkspace: boolean): ActivityItem {
  const { model, provider, tokens, costUsd, createdMs } = generation;
  return {
    date: new Date(createdMs).toISOString().slice(0, 10),
    model,
    model_permaslug: canonicalSlug(findModel(settings.models, model) ?? { id: model, pricing: noPrice }),
    endpoint_id: endpointId(`${model} ${provider}`),
    provider_name: provider,
    usage: costUsd,
    byok_usage_inference: 0,
    requests: 1,
    prompt_tokens: tokens.prompt,
    completion_tokens: tokens.completion,
    reasoning_tokens: tokens.reasoning,
    ...(byWorkspace && { workspace_id: workspace }),
  };
}

const noPrice = { prompt: '0', completion: '0' };

function sum(left: ActivityItem, right: ActivityItem): ActivityItem {
  return {
    ...left,
    usage: toNumber(add(decimal(left.usage) ?? zero, decimal(right.usage) ?? zero)),
    requests: left.requests + right.requests,
    prompt_tokens: left.prompt_tokens + right.prompt_tokens,
    completion_tokens: left.completion_tokens + right.completion_tokens,
    reasoning_tokens: left.reasoning_tokens + right.reasoning_tokens,
  };
}

/** Something that looks like a UUID, always the same for the same endpoint. */
function endpointId(name: string): string {
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return `${(hash >>> 0).toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
}
