import { describe, expect, it } from 'vitest';
import { defaultTimeoutMs, limitsFor, timeoutsFor } from './defaults.ts';

const waits = { connectMs: 10_000, firstContentMs: 120_000, idleBytesMs: 60_000, idleDataMs: 300_000 };

describe('what is not said', () => {
  it('is, of a whole call, ten minutes', () => {
    expect(defaultTimeoutMs).toBe(600_000);
  });

  it('is, of the headers of a stream, a minute, and of those of a whole answer ten', () => {
    expect(timeoutsFor(true)).toEqual({ ...waits, headersMs: 60_000 });
    expect(timeoutsFor(false)).toEqual({ ...waits, headersMs: 600_000 });
  });

  it('is 128 MiB of an event, 1 GiB of an answer and 1 MiB of an error', () => {
    expect(limitsFor()).toEqual({ eventBytes: 134_217_728, answerBytes: 1_073_741_824, errorBytes: 1_048_576 });
  });
});

describe('what is said', () => {
  it('goes before the defaults', () => {
    const timeouts = { connectMs: 1, headersMs: 2, firstContentMs: 3, idleBytesMs: 4, idleDataMs: Infinity };
    expect(timeoutsFor(true, timeouts)).toEqual(timeouts);
    expect(timeoutsFor(false, { headersMs: 7 })).toEqual({ ...waits, headersMs: 7 });
    const limits = { eventBytes: 1, answerBytes: 2, errorBytes: 3 };
    expect(limitsFor(limits)).toEqual(limits);
  });

  it('is not said when it is undefined', () => {
    const said: { readonly connectMs?: number } = JSON.parse('{}');
    const unset: object = { connectMs: said.connectMs, idleBytesMs: undefined };
    expect(timeoutsFor(true, unset)).toEqual({ ...waits, headersMs: 60_000 });
    expect(limitsFor({ errorBytes: 3, ...({ eventBytes: undefined } as object) })).toEqual({
      eventBytes: 134_217_728,
      answerBytes: 1_073_741_824,
      errorBytes: 3,
    });
  });
});
