import { isOpenRouterError } from './open-router-error.ts';

/** What a refusal for lack of credits says of the longest answer that was asked for. */
export interface AffordableTokens {
  /** The tokens that the answer might have had: `max_tokens`, or the most that the model writes. Not every refusal says it. */
  readonly requested: number | undefined;
  /** The tokens that the credits would still pay for. */
  readonly affordable: number;
}

/**
 * Reads from a 402 how long an answer the credits would still pay for («You requested up to 64000 tokens, but can only afford 1200»): with
 * `max_tokens` at most that, the same request may succeed.
 *
 * @param error - anything that was caught
 * @returns the two numbers, or `undefined` when it is no refusal for lack of credits, or none that names them
 * @see https://openrouter.ai/docs/api-reference/errors-and-debugging
 */
export function affordableTokens(error: unknown): AffordableTokens | undefined {
  if (!isOpenRouterError(error) || !('status' in error) || error.status !== 402) return undefined;
  return readAffordableTokens(error.message);
}

/**
 * Reads how long an answer the credits would still pay for.
 *
 * @param message - the words of a 402
 * @returns the two numbers, or `undefined` when it does not name them
 */
export function readAffordableTokens(message: string): AffordableTokens | undefined {
  const affordable = numberAfter(/\bafford\D{0,20}(\d[\d,_ ]{0,20})/i, message);
  return affordable === undefined
    ? undefined
    : { requested: numberAfter(/\brequested\D{0,20}(\d[\d,_ ]{0,20})/i, message), affordable };
}

function numberAfter(pattern: RegExp, message: string): number | undefined {
  const digits = pattern.exec(message)?.[1]?.replace(/\D/g, '');
  return digits === undefined ? undefined : Number(digits);
}
