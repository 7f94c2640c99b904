import type { JsonObject } from '../../util/json.ts';
import type { Key } from '../../wire/key.ts';
import { toNumber } from '../billing/decimal.ts';
import type { Exchange, SimulatedResponse } from '../exchange.ts';
import { json } from '../responses/script.ts';

/**
 * `GET /key`: what the key may spend and has spent at this simulator.
 *
 * @see https://openrouter.ai/docs/api-reference/limits
 * @param exchange - the request
 * @returns the response
 */
export function keyEndpoint(exchange: Exchange): SimulatedResponse {
  const usage = toNumber(exchange.ledger.spent);
  const limit = exchange.settings.keyLimitUsd ?? null;
  const data: Key = {
    label: 'sk-or-v1-sim...ted',
    is_management_key: false,
    limit,
    limit_reset: null,
    limit_remaining: limit === null ? null : Math.max(0, limit - usage),
    include_byok_in_limit: false,
    usage,
    usage_daily: usage,
    usage_weekly: usage,
    usage_monthly: usage,
    byok_usage: 0,
    byok_usage_daily: 0,
    byok_usage_weekly: 0,
    byok_usage_monthly: 0,
    is_free_tier: false,
    expires_at: null,
    creator_user_id: 'user_simulated',
    organization_id: null,
    workspace_id: null,
    allowed_data_regions: ['global'],
    free_model_daily_requests: freeRequests(exchange),
    ...stillSent,
  };
  return json({ data });
}

/** What is deprecated and comes all the same. */
const stillSent: JsonObject = {
  is_provisioning_key: false,
  rate_limit: { requests: -1, interval: '10s', note: 'This field is deprecated and safe to ignore.' },
};

function freeRequests(exchange: Exchange): { limit: number; used: number; remaining: number } {
  const limit = 1_000;
  const used = exchange.ledger.generations.filter((generation) => generation.model.endsWith(':free')).length;
  return { limit, used, remaining: Math.max(0, limit - used) };
}
