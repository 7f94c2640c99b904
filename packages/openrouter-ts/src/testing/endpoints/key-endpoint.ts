import { toNumber } from '../../cost/decimal.ts';
import type { JsonObject } from '../../util/json.ts';
import type { FreeModelRequests, Key } from '../../wire/key.ts';
import type { Exchange, SimulatedResponse } from '../exchange.ts';
import { json } from '../responses/script.ts';
import { bearerKey, isManagementKey } from './bearer-key.ts';
import { freeLimitsOf, leftOfKey } from './limit-refusal.ts';

/**
 * `GET /key`: what the key may spend and has spent at this simulator.
 *
 * @see https://openrouter.ai/docs/api-reference/limits
 * @param exchange - the request
 * @returns the response
 */
export function keyEndpoint(exchange: Exchange): SimulatedResponse {
  const { account, settings, clock, request } = exchange;
  const now = clock.epochMs();
  const meter = account.spendingOf(bearerKey(request) ?? '');
  const left = leftOfKey(exchange);
  const manages = isManagementKey(exchange);
  const data: Key = {
    label: 'sk-or-v1-sim...ted',
    is_management_key: manages,
    limit: settings.keyLimitUsd ?? null,
    limit_reset: settings.keyLimitReset ?? null,
    limit_remaining: left === undefined ? null : Math.max(0, toNumber(left)),
    include_byok_in_limit: false,
    usage: toNumber(meter.total),
    usage_daily: toNumber(meter.in('daily', now)),
    usage_weekly: toNumber(meter.in('weekly', now)),
    usage_monthly: toNumber(meter.in('monthly', now)),
    byok_usage: 0,
    byok_usage_daily: 0,
    byok_usage_weekly: 0,
    byok_usage_monthly: 0,
    is_free_tier: account.bought?.units === 0n,
    expires_at: null,
    creator_user_id: 'user_simulated',
    organization_id: null,
    workspace_id: null,
    allowed_data_regions: ['global'],
    free_model_daily_requests: freeRequests(exchange),
    ...stillSent(manages),
  };
  return json({ data });
}

/** What is deprecated and comes all the same. */
function stillSent(manages: boolean): JsonObject {
  return {
    is_provisioning_key: manages,
    rate_limit: { requests: -1, interval: '10s', note: 'This field is deprecated and safe to ignore.' },
  };
}

function freeRequests(exchange: Exchange): FreeModelRequests {
  const limit = freeLimitsOf(exchange).perDay;
  const used = exchange.account.free.usedToday(exchange.clock.epochMs());
  return { limit, used, remaining: Math.max(0, limit - used) };
}
