import type { ApiError, StreamProviderError } from 'openrouter-ts';

/**
 * Finds the words in which the server itself explains a failure, the provider's own before the general ones.
 *
 * @param error - an error that the server told
 * @returns one sentence or two, as they came
 */
export function reasonOf(error: ApiError | StreamProviderError): string {
  const message = error.body?.message ?? '';
  const own = 'providerReason' in error ? error.providerReason : undefined;
  if (own !== undefined && own !== message) return message === '' || isEmptyPhrase(message) ? own : `${message} ${own}`;
  return message === '' ? error.message : message;
}

/** These words say nothing that the provider's own do not say better. */
function isEmptyPhrase(message: string): boolean {
  return message === 'Provider returned error';
}
