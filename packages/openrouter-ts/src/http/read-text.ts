import type { Outcome } from './outcome.ts';
import { readBody } from './read-body.ts';
import type { ReadContext } from './read-context.ts';
import type { TransportResponse } from './transport.ts';

/**
 * Reads an answer that is plain text, or a language that the library leaves to others, such as RSS.
 *
 * @param response - a good response
 * @param context - the attempt
 * @returns the text, settled at once
 * @throws the same as `readBody`
 */
export async function readText(response: TransportResponse, context: ReadContext): Promise<Outcome<string>> {
  const value = await readBody(response, context);
  const { status, headers } = response;
  const { generationId, request } = context;
  return {
    value,
    response: { status, headers, generationId, attempts: request.attempts, warnings: [] },
    settled: Promise.resolve({ generationId }),
  };
}
