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
    expect(refusal({ fetch: act, transport: act })).toBe(
      'Pass fetch or transport, not both: each of them sends the requests.',
    );
    expect(refusal({ fetch: act, transport: undefined })).toBe('It is accepted.');
    expect(refusal({ fetch: undefined, transport: act })).toBe('It is accepted.');
  });

  it('must give times and sizes as numbers above zero', () => {
    const rest = 'must be a number above zero, or Infinity for no limit, but it is 0.';
    expect(refusal({ timeoutMs: 0 })).toBe(`timeoutMs ${rest}`);
    expect(refusal({ timeouts: { connectMs: 1, idleBytesMs: 0 } })).toBe(`timeouts.idleBytesMs ${rest}`);
    expect(refusal({ limits: { answerBytes: 0 } })).toBe(`limits.answerBytes ${rest}`);
    expect(refusal({ timeouts: { connectMs: undefined }, limits: { errorBytes: undefined } })).toBe('It is accepted.');
  });
});
