import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors/config-error.ts';
import { checkOptions, type OpenRouterOptions } from './options.ts';

function refusal(options: object): string {
  try {
    checkOptions(options);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'It is accepted.';
}

describe('options', () => {
  it('may be any that exist', () => {
    const options: OpenRouterOptions = {
      apiKey: 'key',
      baseURL: 'https://example.com',
      siteUrl: 'https://example.com',
      siteName: 'name',
      categories: ['cli-agent'],
      defaultHeaders: {},
      timeoutMs: Infinity,
      timeouts: { connectMs: 1 },
      limits: { errorBytes: 1 },
      fetch: () => Promise.reject(new Error('not now')),
      allowInsecure: true,
      dangerouslyAllowBrowser: true,
    };
    expect(refusal(options)).toBe('It is accepted.');
    expect(refusal({ transport: () => undefined, clock: undefined })).toBe('It is accepted.');
    expect(refusal({})).toBe('It is accepted.');
  });

  it.each(['baseUrl', 'key', 'toString', '0'])('must exist: %s', (name) => {
    const said = refusal({ [name]: 1 });
    expect(said).toContain(`There is no option ${name}. The options are apiKey, baseURL, siteUrl, `);
    expect(said).toContain(', maxRetries, ');
  });

  it('must name one way to the network', () => {
    const act = (): undefined => undefined;
    expect(refusal({ fetch: act, transport: act })).toBe('Pass fetch or transport, not both.');
    expect(refusal({ fetch: act, transport: undefined })).toBe('It is accepted.');
    expect(refusal({ fetch: undefined, transport: act })).toBe('It is accepted.');
  });

  it('say how calls survive failures, and how much may be sent', () => {
    const options: OpenRouterOptions = {
      maxRetries: 0,
      retryAmbiguous: 'never',
      maxRetryWaitMs: Infinity,
      maxConcurrency: 64,
      rateLimit: { requestsPerMinute: 600, freeRequestsPerMinute: Infinity },
      fallbackModels: ['openai/gpt-4o-mini'],
      allowPaidFallback: true,
      hooks: { onRetry: () => undefined },
      random: () => 0,
    };
    expect(refusal(options)).toBe('It is accepted.');
    expect(refusal(Object.fromEntries(Object.keys(options).map((name) => [name, undefined])))).toBe('It is accepted.');
    expect(refusal({ retryAmbiguous: 'always', maxConcurrency: Infinity, rateLimit: {} })).toBe('It is accepted.');
  });

  it.each([
    [{ maxRetries: -1 }, 'maxRetries must be a whole number of zero or more.'],
    [{ maxRetries: '3' }, 'maxRetries must be a whole number of zero or more.'],
    [{ retryAmbiguous: 'twice' }, 'retryAmbiguous must be one of never, once, always.'],
    [{ retryAmbiguous: true }, 'retryAmbiguous must be one of never, once, always.'],
    [{ maxRetryWaitMs: 0 }, 'maxRetryWaitMs must be a number above zero, or Infinity for no limit, but it is 0.'],
    [{ maxConcurrency: 0 }, 'maxConcurrency must be a number above zero, or Infinity for no limit, but it is 0.'],
    [{ maxConcurrency: 1.5 }, 'maxConcurrency must be a whole number, or Infinity for no limit, but it is 1.5.'],
    [
      { rateLimit: { requestsPerMinute: 0.5 } },
      'rateLimit.requestsPerMinute must be a whole number, or Infinity for no limit, but it is 0.5.',
    ],
    [
      { rateLimit: { freeRequestsPerMinute: '20' } },
      'rateLimit.freeRequestsPerMinute must be a number above zero, or Infinity for no limit, but it is of type string.',
    ],
    [
      { rateLimit: { rpm: 20 } },
      'There is no option rateLimit.rpm. The options are requestsPerMinute, freeRequestsPerMinute.',
    ],
    [{ fallbackModels: 'openai/gpt-4o-mini' }, 'fallbackModels must be a list of model ids.'],
  ])('cannot be %j', (options, message) => {
    expect(refusal(options)).toBe(message);
  });

  it('must give times and sizes as numbers above zero', () => {
    const rest = 'must be a number above zero, or Infinity for no limit, but it is 0.';
    expect(refusal({ timeoutMs: 0 })).toBe(`timeoutMs ${rest}`);
    expect(refusal({ timeouts: { connectMs: 1, idleBytesMs: 0 } })).toBe(`timeouts.idleBytesMs ${rest}`);
    expect(refusal({ limits: { answerBytes: 0 } })).toBe(`limits.answerBytes ${rest}`);
    expect(refusal({ timeouts: { connectMs: undefined }, limits: { errorBytes: undefined } })).toBe('It is accepted.');
  });
});
