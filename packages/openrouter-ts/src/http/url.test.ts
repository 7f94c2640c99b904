import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors/config-error.ts';
import { defaultBaseUrl, normalizeBaseUrl, requestUrl } from './url.ts';

const plainUrl =
  'baseURL must be an absolute https:// URL without password, query or fragment, such as https://openrouter.ai/api/v1.';

function refusal(act: () => unknown): ConfigError {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('the base URL', () => {
  it.each([
    ['https://openrouter.ai/api/v1', 'https://openrouter.ai/api/v1'],
    [' https://openrouter.ai/api/v1/ \n', 'https://openrouter.ai/api/v1'],
    ['https://openrouter.ai/api/v1///', 'https://openrouter.ai/api/v1'],
    ['HTTPS://OpenRouter.AI:443/api', 'https://openrouter.ai/api'],
    ['https://openrouter.ai', 'https://openrouter.ai'],
    ['http://localhost:8080/v1', 'http://localhost:8080/v1'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://127.10.200.3', 'http://127.10.200.3'],
    ['http://[::1]:8080/', 'http://[::1]:8080'],
  ])('%j becomes %j', (given, normal) => {
    expect(normalizeBaseUrl(given, false)).toBe(normal);
  });

  it('is where OpenRouter lives unless something else is said', () => {
    expect(normalizeBaseUrl(defaultBaseUrl, false)).toBe('https://openrouter.ai/api/v1');
  });

  it.each([
    'http://example.com/v1',
    'http://10.0.0.1',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://xlocalhost',
    'http://[::2]',
    'http://0.0.0.0',
  ])('must not send the key unencrypted over a network, unless that is wanted: %s', (given) => {
    const { host } = new URL(given);
    expect(refusal(() => normalizeBaseUrl(given, false)).message).toBe(
      `baseURL would send your key unencrypted to ${host}. Use https://, or set allowInsecure.`,
    );
    expect(normalizeBaseUrl(given, true)).toBe(given);
  });

  it.each(['ftp://example.com', 'localhost:8080/v1', 'javascript:alert(1)', 'file:///etc/passwd'])(
    'must be an HTTP address: %s',
    (given) => {
      expect(refusal(() => normalizeBaseUrl(given, true)).message).toBe(plainUrl);
    },
  );

  it.each(['https://user@example.com', 'https://user:password@example.com', 'https://:password@example.com'])(
    'must not hold credentials, and does not repeat them: %s',
    (given) => {
      expect(refusal(() => normalizeBaseUrl(given, false)).message).toBe(plainUrl);
    },
  );

  it.each([
    'https://example.com/?key=1',
    'https://example.com/v1#top',
    'https://example.com/v1?',
    'https://example.com/v1#',
  ])('must not hold a query or a fragment: %s', (given) => {
    expect(refusal(() => normalizeBaseUrl(given, false)).message).toBe(plainUrl);
  });

  it.each(['', ' ', 'openrouter.ai', '/api/v1', 'https://', 'https:// example.com'])(
    'must be absolute: %j',
    (given) => {
      expect(refusal(() => normalizeBaseUrl(given, false)).message).toBe(plainUrl);
    },
  );

  it('does not repeat a key that got into its place by mistake', () => {
    const error = refusal(() => normalizeBaseUrl('sk-or-v1-0123456789abcdef', false));
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('0123456789abcdef');
  });
});

describe('the address of a request', () => {
  const base = 'https://openrouter.ai/api/v1';

  it('is the path below the base URL', () => {
    expect(requestUrl(base, { path: '/models' })).toBe('https://openrouter.ai/api/v1/models');
  });

  it('has the query at its end', () => {
    expect(requestUrl(base, { path: '/generation', query: '?id=gen-1' })).toBe(`${base}/generation?id=gen-1`);
  });
});
