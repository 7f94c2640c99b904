import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorStatus, errorTypeOf } from './error-status.ts';

describe('the status of a failure', () => {
  it.each([
    [{ code: 429 }, 429],
    [{ code: '503' }, 503],
    [{ code: 404, http_status: 500, status: 501 }, 404],
    [{ http_status: 404, status: 500 }, 404],
    [{ code: null, http_status: '429' }, 429],
    [{ code: 'server_error', http_status: 503 }, 503],
    [{ status: 413 }, 413],
    [{ code: 400 }, 400],
    [{ code: 599 }, 599],
  ])('is the number that the error object names: %j', (error, status) => {
    expect(errorStatus(error, 500)).toBe(status);
    expect(errorStatus(error)).toBe(status);
  });

  it.each([
    0,
    -1,
    1,
    200,
    302,
    399,
    600,
    1015,
    429.5,
    Number.NaN,
    '',
    ' 429',
    '429 ',
    '4290',
    '1429',
    '0x1ad',
    true,
    null,
    [429],
    { code: 429 },
  ])('is not the code %j', (code) => {
    expect(errorStatus({ code })).toBeUndefined();
    expect(errorStatus({ code }, 418)).toBe(418);
  });

  it('is the HTTP status where the object names no number, even where its words stand for another', () => {
    expect(errorStatus({ message: 'no' }, 403)).toBe(403);
    expect(
      errorStatus({ code: 'server_error', metadata: { error_type: 'timeout' }, type: 'not_found_error' }, 403),
    ).toBe(403);
    for (const error of [undefined, null, 'text', [], 7]) expect(errorStatus(error, 502)).toBe(502);
  });

  it('is not an HTTP status that says the answer is good', () => {
    expect(errorStatus({}, 200)).toBeUndefined();
    expect(errorStatus({ code: 'server_error' }, 200)).toBe(500);
  });

  it.each(
    Object.entries({
      400: [
        'context_length_exceeded',
        'max_tokens_exceeded',
        'token_limit_exceeded',
        'string_too_long',
        'invalid_request',
        'invalid_request_error',
        'invalid_prompt',
        'content_policy_violation',
        'refusal',
        'invalid_image',
        'image_too_large',
        'image_too_small',
        'unsupported_image_format',
        'image_download_failed',
      ],
      401: ['authentication', 'authentication_error'],
      402: ['payment_required', 'billing_error'],
      403: ['permission_denied', 'permission_error'],
      404: ['not_found', 'not_found_error', 'image_not_found'],
      412: ['precondition_failed'],
      413: ['payload_too_large'],
      422: ['unprocessable'],
      429: ['rate_limit_exceeded', 'rate_limit_error'],
      500: ['server', 'server_error', 'api_error', 'unmapped'],
      502: ['provider_unavailable'],
      503: ['provider_overloaded'],
      504: ['timeout', 'timeout_error'],
      529: ['overloaded_error'],
    }),
  )('is %s for the words that stand for it', (status, words) => {
    for (const word of words) {
      expect([word, errorStatus({ metadata: { error_type: word } })]).toEqual([word, Number(status)]);
      expect([word, errorStatus({ error_type: word })]).toEqual([word, Number(status)]);
      expect([word, errorStatus({ code: word })]).toEqual([word, Number(status)]);
      expect([word, errorStatus({ type: word })]).toEqual([word, Number(status)]);
    }
  });

  it('goes by the stable word before the code, and by the code before the type', () => {
    const error = { metadata: { error_type: 'timeout' }, code: 'server_error', type: 'not_found_error' };
    expect(errorStatus(error)).toBe(504);
    expect(errorStatus({ ...error, metadata: {} })).toBe(500);
    expect(errorStatus({ type: 'not_found_error' })).toBe(404);
  });

  it.each([
    'error',
    'something_new',
    'my_server',
    'no_authentication',
    'no_payment',
    'no_permission',
    'a_rate_limit',
    'x_overloaded',
    'no_timeout',
    'un_precondition',
    'un_payload',
    'is_unprocessable',
    'not_refusal',
    'not_invalid',
    'a_content_policy',
    '',
  ])('is not known from the word %j', (word) => {
    expect(errorStatus({ code: word })).toBeUndefined();
  });

  it('is between 400 and 599 or not known, whatever the error is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.option(fc.integer(), { nil: undefined }), (error, httpStatus) => {
        const status = errorStatus(error, httpStatus);
        expect(status === undefined || (status >= 400 && status < 600)).toBe(true);
      }),
    );
  });

  it('is not known from a list with a word in it', () => {
    expect(errorStatus({ code: ['timeout'], type: ['timeout'] })).toBeUndefined();
  });

  it('is not confused by an object that cannot be a text', () => {
    expect(errorStatus({ code: { toString: 1, valueOf: 1 } }, 400)).toBe(400);
  });
});

describe('the stable word of a failure', () => {
  it('is in the metadata, or beside the message', () => {
    expect(errorTypeOf({ metadata: { error_type: 'timeout' }, error_type: 'server' })).toBe('timeout');
    expect(errorTypeOf({ metadata: { error_type: null }, error_type: 'server' })).toBe('server');
    expect(errorTypeOf({ metadata: {}, error_type: 'server' })).toBe('server');
    expect(errorTypeOf({ error_type: 'server' })).toBe('server');
    expect(errorTypeOf({ metadata: null, error_type: 'server' })).toBe('server');
  });

  it.each([{}, { error_type: 7 }, { metadata: { error_type: {} } }, null, undefined, 'server', []])(
    'is not known of %j',
    (error) => {
      expect(errorTypeOf(error)).toBeUndefined();
    },
  );
});
