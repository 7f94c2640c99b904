import type { SimulatedResponse } from '../exchange.ts';
import { failure } from './failure.ts';

/** What a refusal for lack of credits says. */
export interface InsufficientCreditsOptions {
  /** The tokens that the request might have used. Default 64,000. */
  readonly requestedTokens?: number;
  /** The tokens that the credits would still buy. Default 1,000. */
  readonly affordableTokens?: number;
}

/**
 * Refuses a request with 402, as when the credits do not cover the longest answer that was asked for.
 *
 * @see https://openrouter.ai/docs/api-reference/errors-and-debugging
 * @param options - what is said about it
 * @returns the response
 */
export function insufficientCredits(options: InsufficientCreditsOptions = {}): SimulatedResponse {
  const { requestedTokens = 64_000, affordableTokens = 1_000 } = options;
  const message = [
    'This request requires more credits, or fewer max_tokens.',
    `You requested up to ${requestedTokens} tokens, but can only afford ${affordableTokens}.`,
    'To increase, visit https://openrouter.ai/settings/credits and upgrade to a paid account',
  ].join(' ');
  return failure(402, { message, metadata: { provider_name: null } });
}
