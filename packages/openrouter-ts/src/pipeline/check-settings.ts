import { ConfigError } from '../errors/config-error.ts';
import type { CallSettings } from '../http/call-settings.ts';
import { checkPositive } from './check-positive.ts';

/**
 * Checks what a caller said about one call, or about all of them.
 *
 * @param settings - as the caller passed them
 * @throws ConfigError when one of them cannot work
 */
export function checkSettings({ timeoutMs, maxRetries, fallbackModels }: CallSettings): void {
  checkPositive('timeoutMs', timeoutMs);
  if (maxRetries !== undefined && !(Number.isInteger(maxRetries) && maxRetries >= 0))
    throw new ConfigError('maxRetries must be a whole number, 0 for no retries.');
  if (fallbackModels !== undefined && !isListOfNames(fallbackModels))
    throw new ConfigError("fallbackModels must be a list of model ids, such as ['openai/gpt-4o-mini'].");
}

function isListOfNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === 'string' && name !== '');
}
