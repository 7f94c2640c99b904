import { ConfigError } from '../errors/config-error.ts';
import type { CallSettings } from '../http/call-settings.ts';
import { checkPositive } from './check-positive.ts';

/**
 * Checks what a caller said about one call, or about all of them. What it may cost is checked where budgets are.
 *
 * @param settings - as the caller passed them
 * @throws ConfigError when one of them cannot work
 */
export function checkSettings({ timeoutMs, maxRetries, fallbackModels, tag }: CallSettings): void {
  checkPositive('timeoutMs', timeoutMs);
  if (maxRetries !== undefined && !(Number.isInteger(maxRetries) && maxRetries >= 0))
    throw new ConfigError('maxRetries must be a whole number of zero or more.');
  if (fallbackModels !== undefined && !isListOfNames(fallbackModels))
    throw new ConfigError('fallbackModels must be a list of model ids.');
  if (tag !== undefined && !isName(tag)) throw new ConfigError('tag must be a word.');
}

function isListOfNames(value: unknown): boolean {
  return Array.isArray(value) && value.every(isName);
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
