import { isFreeModel } from '../../resilience/is-free-model.ts';
import { decimal, toNumber, zero, type Decimal } from '../../cost/decimal.ts';
import { compare, subtract } from '../../cost/decimal-arithmetic.ts';
import type { ChatRequestFacts } from '../answers/read-chat-request.ts';
import { costOf } from '../billing/cost-of.ts';
import { noTokens } from '../billing/token-counts.ts';
import type { SimulatedModel } from '../catalogue/simulated-model.ts';
import type { Exchange, SimulatedResponse } from '../exchange.ts';
import { failure } from '../responses/failure.ts';
import { insufficientCredits } from '../responses/insufficient-credits.ts';
import { rateLimited } from '../responses/rate-limited.ts';
import { bearerKey } from './bearer-key.ts';

/** An answer may be as long as this where neither the request nor the model says otherwise, in tokens. */
const longestAnswer = 16_384;

/**
 * Refuses what the key or the account may not ask any more: because its limit is used up, its credits would not pay for the longest answer
 * that was asked for, or the free requests of the minute or the day are over.
 *
 * @see https://openrouter.ai/docs/api-reference/limits
 * @param exchange - the request
 * @param facts - what was asked
 * @param model - who is asked
 * @returns the refusal, or undefined when there is no reason for one
 */
export function limitRefusal(
  exchange: Exchange,
  facts: ChatRequestFacts,
  model: SimulatedModel,
): SimulatedResponse | undefined {
  const keyLeft = leftOfKey(exchange);
  const balance = balanceOf(exchange);
  return (
    keyRefusal(exchange, keyLeft) ??
    balanceRefusal(exchange, facts, model, balance) ??
    priceRefusal(facts, model, keyLeft) ??
    priceRefusal(facts, model, balance) ??
    freeRefusal(exchange, model)
  );
}

/**
 * What a key may still spend.
 *
 * @param exchange - the request, which names the key
 * @returns what is left of its limit, in USD, which may be less than nothing; undefined when it has no limit
 */
export function leftOfKey({ request, settings, account, clock }: Exchange): Decimal | undefined {
  const { keyLimitUsd, keyLimitReset } = settings;
  if (keyLimitUsd === undefined) return undefined;
  const meter = account.spendingOf(bearerKey(request) ?? '');
  const spent = keyLimitReset === undefined ? meter.total : meter.in(keyLimitReset, clock.epochMs());
  return subtract(decimal(keyLimitUsd) ?? zero, spent);
}

/**
 * How many free requests an account has.
 *
 * @param exchange - the request
 * @returns the number a minute and a day
 */
export function freeLimitsOf({ settings, account }: Exchange): { readonly perMinute: number; readonly perDay: number } {
  const { bought } = account;
  const perDay = bought === undefined || toNumber(bought) >= 10 ? 1_000 : 50;
  return { perMinute: 20, perDay, ...settings.freeLimits };
}

function balanceOf({ account }: Exchange): Decimal | undefined {
  return account.bought && subtract(account.bought, account.spending.total);
}

function keyRefusal({ settings }: Exchange, left: Decimal | undefined): SimulatedResponse | undefined {
  if (left === undefined || compare(left, zero) > 0) return undefined;
  const which = settings.keyLimitReset ?? 'total';
  const message = `Key limit exceeded (${which} limit). Manage it using https://openrouter.ai/settings/keys`;
  return failure(403, { message });
}

/** A debt stops everything; without credits only what costs nothing is answered. */
function balanceRefusal(
  { account }: Exchange,
  facts: ChatRequestFacts,
  model: SimulatedModel,
  balance: Decimal | undefined,
): SimulatedResponse | undefined {
  if (balance === undefined || compare(balance, zero) > 0) return undefined;
  if (compare(balance, zero) === 0 && worstCase(facts, model).priceUsd === 0) return undefined;
  if (account.bought?.units !== 0n) return failure(402);
  return failure(402, {
    message:
      'Insufficient credits. This account never purchased credits. Make sure your key is on the correct account or org, and if so, purchase more at https://openrouter.ai/settings/credits',
  });
}

/** OpenRouter refuses what could not be paid for if the answer came out as long as it may. */
function priceRefusal(
  facts: ChatRequestFacts,
  model: SimulatedModel,
  left: Decimal | undefined,
): SimulatedResponse | undefined {
  if (left === undefined) return undefined;
  const { requestedTokens, priceUsd, promptUsd, tokenUsd } = worstCase(facts, model);
  const leftUsd = toNumber(left);
  if (priceUsd <= leftUsd) return undefined;
  const affordableTokens = Math.max(0, Math.floor((leftUsd - promptUsd) / tokenUsd));
  return insufficientCredits({ requestedTokens, affordableTokens });
}

function worstCase(facts: ChatRequestFacts, model: SimulatedModel) {
  const requestedTokens = Math.min(facts.maxTokens, model.maxCompletionTokens ?? longestAnswer);
  const priceOf = (completion: number): number =>
    toNumber(costOf({ ...noTokens, prompt: facts.promptTokens, completion }, model.pricing).total);
  const promptUsd = priceOf(0);
  return { requestedTokens, promptUsd, tokenUsd: priceOf(1) - promptUsd, priceUsd: priceOf(requestedTokens) };
}

function freeRefusal(exchange: Exchange, { id }: SimulatedModel): SimulatedResponse | undefined {
  const { settings, account, clock } = exchange;
  if (settings.freeLimits === undefined || !isFreeModel(id)) return undefined;
  const { perMinute, perDay } = freeLimitsOf(exchange);
  const now = clock.epochMs();
  if (account.free.usedToday(now) >= perDay) {
    const metadata = { limit_source: 'openrouter_free_tier_daily' };
    return rateLimited({ limit: 'freePerDay', allowed: perDay, metadata });
  }
  if (account.free.usedThisMinute(now) < perMinute) return undefined;
  const metadata = { limit_source: 'openrouter_free_tier_per_minute' };
  return rateLimited({ limit: 'freePerMinute', allowed: perMinute, metadata });
}
