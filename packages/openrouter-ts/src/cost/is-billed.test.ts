import { describe, expect, it } from 'vitest';
import { isBilled } from './is-billed.ts';

describe('isBilled', () => {
  it.each([
    '/chat/completions',
    '/completions',
    '/responses',
    '/messages',
    '/embeddings',
    '/rerank',
    '/images/generations',
    '/videos',
    '/audio/speech',
  ])('is true for a request to run a model: POST %s', (path) => {
    expect(isBilled({ method: 'POST', path })).toBe(true);
  });

  it.each([
    ['GET', '/models'],
    ['GET', '/generation'],
    ['GET', '/videos/1'],
    ['POST', '/keys'],
    ['POST', '/credits/coinbase'],
    ['DELETE', '/chat/completions'],
  ] as const)('is false for what only reads or manages: %s %s', (method, path) => {
    expect(isBilled({ method, path })).toBe(false);
  });
});
