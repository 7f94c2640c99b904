import { describe, expect, it } from 'vitest';
import { ConfigError, LimitExceededError, OpenRouter, OpenRouterError, TimeoutError, type Timer } from 'openrouter-ts';
import {
  brokenAnswer,
  errorIn200,
  failure,
  htmlPage,
  insufficientCredits,
  rateLimited,
  reply,
  resetAfter,
  Simulator,
  unreachable,
  type SimulatedResponse,
} from 'openrouter-ts/testing';
import { exitCode } from '../exit-code.ts';
import { explainFailure } from './explain-failure.ts';
import type { Failure, FailurePlace } from './failure.ts';

const inAsk: FailurePlace = { command: 'ask', model: 'openai/gpt-4o-mini', baseUrl: undefined };
const inChat: FailurePlace = { ...inAsk, command: 'chat' };

/** What is said when a simulated server answers like this. */
async function explained(response: SimulatedResponse, place: FailurePlace = inAsk): Promise<Failure> {
  const { transport } = new Simulator().next(response);
  const client = new OpenRouter({
    maxRetries: 0,
    apiKey: 'sk-or-v1-secretsecret',
    baseURL: 'https://openrouter.ai/api/v1',
    transport,
  });
  const request = { model: place.model, messages: [{ role: 'user', content: 'Hi' }] } as const;
  try {
    const stream = await client.chat.stream(request);
    await stream.completion();
  } catch (error) {
    return explainFailure(error, place);
  }
  throw new Error('The request did not fail.');
}

const busy = { message: 'Provider returned error', metadata: { provider_name: 'DeepInfra', raw: 'overloaded' } };

describe('what OpenRouter refuses', () => {
  it.each<[name: string, response: SimulatedResponse, expected: Partial<Failure>]>([
    ['a key', failure(401), { what: 'OpenRouter rejected the key from OPENROUTER_API_KEY.', exitCode: 4 }],
    ['for want of credits', insufficientCredits(), { what: 'Not enough credits for this request.', exitCode: 5 }],
    [
      "when the key's limit is used up",
      failure(403, { message: 'Key limit exceeded (total limit).' }),
      { what: "This key's spending limit is used up.", exitCode: 5 },
    ],
    ['what the key may not do', failure(403), { what: 'OpenRouter does not allow this request.', exitCode: 4 }],
    [
      'what a moderator minds',
      failure(403, { metadata: { provider_name: 'OpenAI', reasons: ['violence'], flagged_input: 'how to' } }),
      { what: 'Blocked by OpenAI: violence.', exitCode: 8 },
    ],
    [
      'what breaks a policy',
      failure(400, { metadata: { error_type: 'content_policy_violation' } }),
      { what: 'Blocked.', exitCode: 8 },
    ],
    [
      'what has gone wrong',
      failure(400, { message: 'Bad' }),
      { what: 'OpenRouter rejected the request.', exitCode: 8 },
    ],
    ['what is too large', failure(413), { what: 'OpenRouter rejected the request.', exitCode: 8 }],
    [
      'what is too long',
      failure(400, { metadata: { error_type: 'context_length_exceeded' } }),
      { what: 'This is too long for openai/gpt-4o-mini.', exitCode: 8 },
    ],
    [
      'a provider that fails',
      failure(502, busy),
      { what: 'OpenRouter error 502 from DeepInfra.', why: 'overloaded', exitCode: 9 },
    ],
    [
      'a provider that fails after a while',
      errorIn200(502, busy),
      { what: 'OpenRouter error 502 from DeepInfra.', exitCode: 9 },
    ],
    ['its own failure', failure(500), { what: 'OpenRouter error 500.', why: 'Internal Server Error', exitCode: 9 }],
  ])('is explained: %s', async (_, response, expected) => {
    expect(await explained(response)).toMatchObject(expected);
  });

  it('quotes what a moderator minds', async () => {
    const { advice } = await explained(failure(403, { metadata: { flagged_input: 'how to' } }));
    expect(advice[0]).toBe('It minded: “how to”');
  });

  it('names what to do where it happens', async () => {
    const tooLong = failure(400, { message: "This endpoint's maximum context length is 8192 tokens." });
    expect((await explained(tooLong)).advice[0]).toContain('-m ID');
    expect((await explained(tooLong, inChat)).advice[0]).toContain('/new');
    expect((await explained(insufficientCredits())).advice[1]).toContain('orc -m');
    expect((await explained(insufficientCredits(), inChat)).advice[1]).toContain('/model');
  });
});

describe('a limit', () => {
  const free = rateLimited({ limit: 'freePerDay', resetInMs: 7_200_000 });
  it.each<[name: string, response: SimulatedResponse, what: string, advice: string | RegExp]>([
    ['of the minute', rateLimited({ resetInMs: 37_500 }), 'in this minute.', /^Try again in 3\d s\.$/],
    ['of the day', free, "Today's free requests are used up.", 'Try again in about 2 hours.'],
    [
      'of a provider',
      failure(429, { metadata: { provider_name: 'Fireworks', raw: 'busy' } }),
      'Fireworks is busy with openai/gpt-4o-mini.',
      'Try again in a minute.',
    ],
    [
      'of a model for the day',
      failure(429, { message: 'Rate limit exceeded: limit_rpd/some/model', headers: { 'retry-after': '600' } }),
      'openai/gpt-4o-mini is used up for today.',
      'Try again in about 10 minutes.',
    ],
    ['that nobody explains', failure(429, { message: 'Slow down' }), 'Too many requests.', 'Try again in a minute.'],
    ['of the network', htmlPage({ status: 429 }), 'the network in front of OpenRouter', 'Try again in a minute.'],
  ])('%s says whose it is and when to try again', async (_, response, what, advice) => {
    const said = await explained(response);
    expect(said.what).toContain(what);
    expect(said.advice[0]).toMatch(advice);
    expect(said.exitCode).toBe(exitCode.rateLimited);
  });

  it('of the day is not helped by another model', async () => {
    expect((await explained(free)).advice[1]).toContain('10 dollars');
    expect((await explained(rateLimited())).advice[1]).toBe('Or another model: orc -m ID');
    expect((await explained(rateLimited(), inChat)).advice[1]).toBe('Or another model: /model ID');
  });
});

describe('a model', () => {
  it('that does not exist is named', async () => {
    const said = await explained(failure(400, { message: 'nope is not a valid model ID' }), {
      ...inAsk,
      model: 'nope',
    });
    expect(said).toMatchObject({ what: 'There is no model nope.', exitCode: exitCode.modelUnavailable });
    expect(said.advice).toEqual(['All models and their ids: https://openrouter.ai/models']);
  });

  it('that is gone has successors', async () => {
    const availability = { code: 'model_deprecated', fallback_models: ['a/b', 'c/d'] };
    const said = await explained(failure(404, { message: 'Gone', availability }));
    expect(said).toMatchObject({
      what: 'openai/gpt-4o-mini cannot answer this request.',
      advice: ['Instead: orc -m a/b', 'Instead: orc -m c/d'],
    });
    expect((await explained(failure(404, { availability }), inChat)).advice[0]).toBe('Instead: /model a/b');
  });

  it('that privacy settings exclude leads to those settings', async () => {
    const said = await explained(failure(404, { message: 'No endpoints found matching your data policy.' }));
    expect(said.advice.join()).toContain('https://openrouter.ai/settings/privacy');
  });
});

describe('the network', () => {
  it.each([
    ['ECONNREFUSED', "Can't reach openrouter.ai: connection refused (ECONNREFUSED)."],
    ['ENOTFOUND', "Can't reach openrouter.ai: the name could not be looked up (ENOTFOUND)."],
    ['CERT_HAS_EXPIRED', "Can't reach openrouter.ai: its certificate is not trusted (CERT_HAS_EXPIRED)."],
    ['EMFILE', "Can't reach openrouter.ai: this machine has too many open files or connections (EMFILE)."],
    ['ERR_PROXY_TUNNEL', "Can't reach openrouter.ai: the proxy failed (ERR_PROXY_TUNNEL)."],
  ])('fails with %s', async (code, what) => {
    const said = await explained(unreachable(code));
    expect(said).toMatchObject({ what, exitCode: exitCode.networkFailed });
    expect(said.advice).toHaveLength(1);
  });

  it('fails at an address of your own, which is named', async () => {
    const said = await explained(unreachable(), { ...inAsk, baseUrl: 'http://127.0.0.1:9/api/v1' });
    expect(said.what).toContain('127.0.0.1:9');
    expect(said.advice.join()).toContain('OPENROUTER_BASE_URL');
    expect((await explained(unreachable(), { ...inAsk, baseUrl: 'nonsense' })).what).toContain('nonsense');
  });

  it.each<Timer>(['connect', 'headers', 'first-content', 'idle-bytes', 'idle-data', 'total'])(
    'is too slow: %s',
    (timer) => {
      const said = explainFailure(new TimeoutError('', { timer, timeoutMs: 10_000 }), inAsk);
      expect(said.what).toContain('within 10 s');
      expect(said.exitCode).toBe(exitCode.networkFailed);
    },
  );

  it('is too slow for a time that nobody knows', () => {
    expect(explainFailure(new TimeoutError('', { timer: 'headers' }), inAsk).what).toBe(
      'OpenRouter did not answer in time.',
    );
  });

  it('leads to something that is not OpenRouter', async () => {
    const said = await explained(htmlPage({ title: 'Log in to the hotel' }));
    expect(said).toMatchObject({
      what: 'What answered is not the API of OpenRouter.',
      exitCode: exitCode.upstreamFailed,
    });
    expect(said.advice.join()).toContain('captive portal');
    const own = await explained(htmlPage(), { ...inAsk, baseUrl: 'https://example.com' });
    expect(own.advice.join()).toContain('OPENROUTER_BASE_URL is https://example.com');
  });
});

describe('an answer that breaks off', () => {
  const said = { content: ['One', ' two', ' three'], keepAlives: 0 };
  it('names the provider that failed', async () => {
    const response = brokenAnswer({ answer: said, message: 'Overloaded', metadata: { provider_name: 'Novita' } });
    expect(await explained(response)).toMatchObject({
      what: 'The answer broke off: Novita failed.',
      why: 'Overloaded',
      exitCode: exitCode.upstreamFailed,
    });
    expect((await explained(brokenAnswer({ answer: said }))).what).toBe('The answer broke off: the provider failed.');
  });

  it('says that the connection broke', async () => {
    const { what, why, exitCode: code } = await explained(resetAfter(reply(said), { events: 2 }));
    expect([what, code]).toEqual(['The answer broke off.', exitCode.upstreamFailed]);
    expect(why).toContain('connection broke');
  });
});

describe('everything else', () => {
  it('is a setting that cannot work', () => {
    const said = explainFailure(new ConfigError('baseURL is odd.'), inAsk);
    expect(said).toMatchObject({ why: 'baseURL is odd.', exitCode: exitCode.notConfigured });
  });

  it('is an answer that is too large', () => {
    const said = explainFailure(new LimitExceededError('128 MB', { limit: 1 }), inAsk);
    expect(said).toMatchObject({ what: 'The answer is too large to be held.', exitCode: exitCode.upstreamFailed });
  });

  it('is a failure of a kind that is not known yet', () => {
    const said = explainFailure(new OpenRouterError('New.', 'new'), inAsk);
    expect(said).toMatchObject({ what: 'The request failed.', why: 'New.', exitCode: exitCode.unexpected });
  });

  it.each([
    [new TypeError('x is undefined'), 'x is undefined'],
    ['thrown text', 'thrown text'],
  ])('is a bug: %s', (error, why) => {
    expect(explainFailure(error, inAsk)).toMatchObject({ why, exitCode: exitCode.unexpected });
  });
});
