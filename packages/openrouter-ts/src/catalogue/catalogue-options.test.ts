import { describe, expect, it } from 'vitest';
import { OpenRouter } from '../client/open-router.ts';
import { ConfigError } from '../errors/config-error.ts';
import { checkCatalogueOptions } from './catalogue-options.ts';

describe('the options of the catalogue', () => {
  it.each([{}, { ttlMs: 0 }, { ttlMs: 1, staleIfErrorMs: Infinity }, { staleIfErrorMs: undefined }])(
    'may be %j',
    (options) => {
      expect(() => {
        checkCatalogueOptions(options);
      }).not.toThrow();
    },
  );

  it.each([
    [{ ttl: 5 }, 'There is no option catalogue.ttl. The options are ttlMs, staleIfErrorMs.'],
    [{ ttlMs: -1 }, 'catalogue.ttlMs must be a number of zero or more.'],
    [{ staleIfErrorMs: '5' }, 'catalogue.staleIfErrorMs must be a number of zero or more.'],
    [{ ttlMs: Number.NaN }, 'catalogue.ttlMs must be a number of zero or more.'],
  ])('cannot be %j', (catalogue: object, message) => {
    expect(() => new OpenRouter({ apiKey: 'k', catalogue })).toThrow(ConfigError);
    expect(() => new OpenRouter({ apiKey: 'k', catalogue })).toThrow(message);
  });
});
