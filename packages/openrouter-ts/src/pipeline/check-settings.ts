import { ConfigError } from '../errors/config-error.ts';
import type { CallSettings } from '../http/call-settings.ts';
import { checkPositive } from './check-positive.ts';

/**
 * Checks what a caller said about one call, or about all of them.
 *
 * @param settings - as the caller passed them
 * @throws ConfigError when one of them cannot work
 */
export function checkSettings({ timeoutMs, maxRetries, fallbackModels, tag, maxCostUsd }: CallSettings): void {
  checkPositive('timeoutMs', timeoutMs);
  if (maxRetries !== undefined && !(Number.isInteger(maxRetries) && maxRetries >= 0))
    throw new ConfigError('maxRetries must be a whole number, 0 for no retries.');
  if (fallbackModels !== undefined && !isListOfNames(fallbackModels))
    throw new ConfigError("fallbackModels must be a list of model ids, such as ['openai/gpt-4o-mini'].");
  if (tag !== undefined && !isName(tag))
    throw new ConfigError('tag must be a word of your own for what the call is for.');
  if (maxCostUsd !== undefined && !isAmount(maxCostUsd))
    throw new ConfigError("maxCostUsd must be an amount in USD of zero or more, such as 0.05 or '0.05'.");
}

function isListOfNames(value: unknown): boolean {
  return Array.isArray(value) && value.every(isName);
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isAmount(value: unknown): boolean {
  if (typeof value === 'string') return /^\d+(?:\.\d+)?$/.test(value);
  return typeof value === 'number' && value >= 0 && value < Infinity;
}
