import { describe, expect } from 'vitest';
import { ProviderError, ServerError } from '../../src/index.ts';
import type { ScriptedStep } from '../../src/testing/server/index.ts';
import { everyWay, fault, streamed, whole } from '../support/fault.ts';
import { failure, html } from '../support/scripted-answers.ts';

function refusal(status: number, more: Readonly<Record<string, unknown>> = {}): ScriptedStep {
  return failure(status, { code: status, message: 'Something failed', ...more });
}

describe('Failures of OpenRouter and its providers', () => {
  fault(
    'F54',
    {
      title: '500: OpenRouter failed',
      phase: 'answered',
      retry: 'yes',
      result: 'is tried again; then ServerError',
      bill: 'insured',
    },
    everyWay,
    async ({ serve, fails, recovers, hello }) => {
      await fails(await serve([refusal(500)]), ServerError, { status: 500, retryable: true });
      await recovers(await serve((_, number) => (number < 3 ? [refusal(500)] : hello)), 3);
    },
  );

  fault(
    'F55',
    {
      title: '502: the provider failed',
      phase: 'answered',
      retry: 'yes',
      result: "is tried again; then ProviderError with the provider's name",
      bill: 'insured',
    },
    everyWay,
    async ({ serve, fails, recovers, hello }) => {
      const refused = refusal(502, { metadata: { provider_name: 'Azure', error_type: 'provider_unavailable' } });
      await fails(await serve([refused]), ProviderError, { status: 502, providerName: 'Azure', retryable: true });
      await recovers(await serve((_, number) => (number === 1 ? [refused] : hello)));
    },
  );

  for (const status of [502, 520, 521, 522, 523, 525, 526]) {
    fault(
      'F56',
      {
        title: '502 or 520 to 526 from the network in front of OpenRouter, with a page of 300 kB',
        variant: String(status),
        phase: 'answered',
        retry: 'yes',
        result: 'is tried again; then ProviderError with the title of the page, its `cf-ray` and none of its markup',
        bill: 'insured',
      },
      status === 502 ? everyWay : whole.slice(0, 1),
      async ({ serve, fails }) => {
        const page = `<!DOCTYPE html><head><title>Web server is down</title></head>${'<div>x</div>'.repeat(25_000)}`;
        const server = await serve([html(status, page, { 'cf-ray': '8a1b-FRA' })]);
        const error = await fails(server, ProviderError, {
          status,
          retryable: true,
          headers: { 'cf-ray': '8a1b-FRA' },
          message: expect.stringContaining('Web server is down'),
        });
        expect(error.message.length).toBeLessThan(400);
        expect(error.message).not.toContain('<');
      },
    );
  }

  fault(
    'F57',
    {
      title: '503: no provider, with a time to come back',
      phase: 'answered',
      retry: 'yes',
      result: 'is tried again when the server says; then ProviderError',
      bill: 'none',
    },
    everyWay,
    async ({ clock, serve, fails, recovers, hello }) => {
      const refused = refusal(503, {
        availability: { code: 'temporarily_unavailable', retryable: true, retry_after: 3 },
      });
      await recovers(await serve((_, number) => (number === 1 ? [refused] : hello)));
      expect(clock.waits[0]).toBeGreaterThanOrEqual(3_000);
      expect(clock.waits[0]).toBeLessThanOrEqual(3_550);
      await fails(await serve([refusal(503)]), ProviderError, { status: 503, retryable: true });
    },
  );

  fault(
    'F58',
    {
      title: '504: the provider took too long',
      phase: 'answered',
      retry: 'once',
      result: 'is tried once more; then ProviderError',
      bill: 'possible',
    },
    everyWay,
    async ({ serve, fails, recovers, hello }) => {
      await fails(await serve([refusal(504)]), ProviderError, { status: 504, retryable: true });
      await recovers(await serve((_, number) => (number === 1 ? [refusal(504)] : hello)));
    },
  );

  fault(
    'F59',
    {
      title: '524: the network waited 100 seconds for a whole answer',
      phase: 'answered',
      retry: 'no',
      result: 'ProviderError that advises to stream',
      bill: 'possible',
    },
    whole,
    async ({ serve, fails }) => {
      const error = await fails(await serve([html(524, '<title>A timeout occurred</title>')]), ProviderError, {
        status: 524,
        retryable: false,
      });
      expect(error.message).toMatch(/stream/i);
    },
  );

  fault(
    'F59',
    {
      title: '524: the network waited for a stream to begin',
      phase: 'answered',
      retry: 'yes',
      result: 'is tried again; then ProviderError',
      bill: 'possible',
    },
    streamed,
    async ({ serve, fails }) => {
      await fails(await serve([refusal(524)]), ProviderError, { status: 524, retryable: true });
    },
  );

  fault(
    'F60',
    {
      title: '529: overloaded',
      phase: 'answered',
      retry: 'yes',
      result: 'is tried again; then ProviderError',
      bill: 'none',
    },
    everyWay,
    async ({ serve, fails, recovers, hello }) => {
      await fails(await serve([refusal(529)]), ProviderError, { status: 529, retryable: true });
      await recovers(await serve((_, number) => (number < 3 ? [refusal(529)] : hello)), 3);
    },
  );
});
