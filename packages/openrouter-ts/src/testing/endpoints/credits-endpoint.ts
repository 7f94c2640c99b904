import { toNumber } from '../../cost/decimal.ts';
import type { Credits } from '../../wire/credits.ts';
import type { Exchange, SimulatedResponse } from '../exchange.ts';
import { json } from '../responses/script.ts';

/** What an account that has as much as it needs claims to have bought, in USD. */
const plenty = 1_000;

/**
 * `GET /credits`: what the account has bought and spent at this simulator.
 *
 * @see https://openrouter.ai/docs/api-reference/credits/get-credits
 * @param exchange - the request
 * @returns the response
 */
export function creditsEndpoint({ account }: Exchange): SimulatedResponse {
  const data: Credits = {
    total_credits: account.bought === undefined ? plenty : toNumber(account.bought),
    total_usage: toNumber(account.spending.total),
  };
  return json({ data });
}
