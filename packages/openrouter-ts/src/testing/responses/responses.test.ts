import { describe, expect, it } from 'vitest';
import {
  brokenAnswer,
  delta,
  emptyBody,
  errorIn200,
  failure,
  FakeClock,
  htmlPage,
  insufficientCredits,
  invalidJson,
  json,
  rateLimited,
  rawBody,
  redirect,
  reply,
  Simulator,
  stream,
} from '../index.ts';
import type { SimulatedResponse } from '../index.ts';

const nowMs = Date.UTC(2026, 7, 15, 12, 0, 30);

async function answerTo(response: SimulatedResponse, streamed: boolean): Promise<Response & { readonly said: string }> {
  const simulator = new Simulator({ clock: new FakeClock({ epochMs: nowMs }) }).next(response);
  const answer = await simulator.fetch('https://openrouter.ai/api/v1/chat/completions', {
    method: 'POST',
    body: JSON.stringify({ model: 'openai/gpt-4o-mini', stream: streamed }),
    redirect: 'manual',
  });
  return Object.assign(answer, { said: await answer.text() });
}

async function eventsOf(response: SimulatedResponse) {
  const { said } = await answerTo(response, true);
  return said.split('\n\n').flatMap((event) => (event.startsWith('data: {') ? [JSON.parse(event.slice(6))] : []));
}

describe('a failure', () => {
  it('has the body of the API: error first, then who asked', async () => {
    const { status, said } = await answerTo(failure(502), false);
    expect(status).toBe(502);
    expect(said).toBe('{"error":{"message":"Provider returned error","code":502},"user_id":"user_simulated"}');
    expect((await answerTo(failure(401), false)).said).toBe(
      '{"error":{"message":"Missing Authentication header","code":401}}',
    );
  });

  it('says what it is told to say, and leaves out what it is told to leave out', async () => {
    const options = {
      message: 'Busy',
      code: 'overloaded',
      metadata: { raw: '{}' },
      userId: null,
      headers: { 'retry-after': '7' },
    };
    const { said, headers } = await answerTo(failure(529, options), true);
    expect(JSON.parse(said)).toEqual({ error: { message: 'Busy', code: 'overloaded', metadata: { raw: '{}' } } });
    expect(headers.get('retry-after')).toBe('7');
    expect(JSON.parse((await answerTo(failure(500, { code: null }), false)).said).error).not.toHaveProperty('code');
  });

  it('may hide under status 200, in a body or at the beginning of a stream', async () => {
    const whole = await answerTo(errorIn200(429), false);
    expect([whole.status, JSON.parse(whole.said).error.code]).toEqual([200, 429]);
    expect(whole.said).toMatch(/^\n {9}\n/);
    const streamed = await answerTo(errorIn200(502), true);
    expect(streamed.status).toBe(200);
    expect(streamed.said).toMatch(/^: OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\ndata: \{"error":\{.*\}\n\n$/);
  });
});

describe('a rate limit', () => {
  it('of free models in a minute is told in headers and body, in milliseconds since 1970', async () => {
    const { headers, said, status } = await answerTo(rateLimited(), false);
    const reset = String(Date.UTC(2026, 7, 15, 12, 1, 0));
    expect([status, headers.get('x-ratelimit-reset'), headers.get('retry-after')]).toEqual([429, reset, null]);
    const limits = { 'X-RateLimit-Limit': '20', 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': reset };
    expect(JSON.parse(said).error).toEqual({
      message: 'Rate limit exceeded: free-models-per-min. ',
      code: 429,
      metadata: { headers: limits, provider_name: null },
    });
  });

  it('of free models in a day ends at midnight', async () => {
    const { headers, said } = await answerTo(rateLimited({ limit: 'freePerDay', told: 'body' }), false);
    const { error } = JSON.parse(said);
    expect(error.message).toContain('free-models-per-day');
    expect(error.metadata.headers['X-RateLimit-Reset']).toBe(String(Date.UTC(2026, 7, 16)));
    expect(headers.get('x-ratelimit-reset')).toBeNull();
  });

  it('of a provider names the provider and tells no time, unless it is asked to', async () => {
    const { headers, said } = await answerTo(rateLimited({ limit: 'provider', retryAfterS: 2 }), false);
    expect(headers.get('retry-after')).toBe('2');
    expect(JSON.parse(said).error.metadata.raw).toContain('openai/gpt-4o-mini is temporarily rate-limited upstream');
  });
});

describe('a lack of credits', () => {
  it('says what was asked and what could be paid', async () => {
    const { status, said } = await answerTo(
      insufficientCredits({ requestedTokens: 9_000, affordableTokens: 12 }),
      false,
    );
    expect(status).toBe(402);
    expect(JSON.parse(said).error.message).toContain('You requested up to 9000 tokens, but can only afford 12.');
  });
});

describe('a broken answer', () => {
  it.each([
    ['finishError', { choices: [{ finish_reason: 'error' }] }],
    ['finishNull', { choices: [{ finish_reason: null }] }],
    ['noChoices', { choices: [] }],
  ] as const)('tells its error last in the shape %s', async (shape, expected) => {
    const events = await eventsOf(brokenAnswer({ answer: 'One two', shape, code: 'server_error' }));
    expect(events.at(-1)).toMatchObject({
      ...expected,
      error: { code: 'server_error', message: 'Provider returned error' },
    });
    expect(events.slice(0, -1).map((event) => event.choices[0].delta.content)).toEqual(['One', ' two']);
  });

  it('may be bare, and never says that it is done', async () => {
    const bare = brokenAnswer({ answer: 'One', shape: 'bare' });
    expect((await eventsOf(bare)).at(-1)).toEqual({ error: { message: 'Provider returned error', code: 502 } });
    expect((await answerTo(bare, true)).said).not.toContain('[DONE]');
  });

  it('has its error beside the message if it is not a stream', async () => {
    const { status, said } = await answerTo(brokenAnswer({ answer: 'One two', metadata: { raw: 'why' } }), false);
    expect(status).toBe(200);
    const [choice] = JSON.parse(said).choices;
    expect(choice).toMatchObject({
      finish_reason: 'error',
      error: { code: 502, metadata: { raw: 'why' } },
      message: { content: 'One two' },
    });
  });

  it('costs nothing', async () => {
    const simulator = new Simulator().next(brokenAnswer());
    const body = JSON.stringify({ model: 'openai/gpt-4o-mini', stream: true });
    await (await simulator.fetch('https://openrouter.ai/api/v1/chat/completions', { method: 'POST', body })).text();
    expect(simulator.generations).toMatchObject([{ finishReason: 'error', costUsd: 0, cancelled: false }]);
  });
});

describe('a scripted stream', () => {
  it('fills in what every chunk has, and sends text as it is', async () => {
    const events = [
      delta({ content: 'Hi' }),
      ': a comment\r\n\r\n',
      delta({}, 'stop', 'STOP'),
      { choices: [], usage: null },
    ];
    const { said } = await answerTo(stream(events, { comments: 1 }), true);
    const [comment, first, , finish, usage, done] = said.split(/\r?\n\r?\n/);
    expect([comment, done]).toEqual([': OPENROUTER PROCESSING', 'data: [DONE]']);
    expect(JSON.parse(first!.slice(6))).toMatchObject({
      id: expect.stringMatching(/^gen-\d+-\w{20}$/),
      object: 'chat.completion.chunk',
      model: 'openai/gpt-4o-mini',
      provider: 'OpenAI',
      choices: [{ index: 0, delta: { role: 'assistant', content: 'Hi' }, finish_reason: null }],
    });
    expect(JSON.parse(finish!.slice(6)).choices[0]).toMatchObject({
      finish_reason: 'stop',
      native_finish_reason: 'STOP',
    });
    expect(JSON.parse(usage!.slice(6))).toMatchObject({ choices: [], usage: null });
  });

  it('may be bare and unfinished', async () => {
    const { said } = await answerTo(stream([{ choices: [] }], { bare: true, done: false }), true);
    expect(said).toBe('data: {"choices":[]}\n\n');
  });
});

describe('a scripted reply', () => {
  const call = { name: 'add', arguments: '{"a":1,', id: 'call_7' };

  it('says the same whole and in chunks', async () => {
    const answer = reply({ content: ['He', 'llo'], reasoning: 'Hm', toolCalls: [call], finishReason: 'length' });
    const { choices } = JSON.parse((await answerTo(answer, false)).said);
    expect(choices[0]).toMatchObject({
      finish_reason: 'length',
      message: {
        content: 'Hello',
        reasoning: 'Hm',
        tool_calls: [{ id: 'call_7', function: { arguments: '{"a":1,' } }],
      },
    });
    const deltas = (await eventsOf(answer)).flatMap((event) =>
      event.choices.map((choice: { delta: object }) => choice.delta),
    );
    const text = (member: string): string => deltas.map((each) => each[member] ?? '').join('');
    expect([text('content'), text('reasoning')]).toEqual(['Hello', 'Hm']);
    const calls = deltas.flatMap((each) => each.tool_calls ?? []);
    expect(calls.map((piece) => piece.function.arguments).join('')).toBe('{"a":1,');
    expect(calls.map((piece) => piece.id)).toEqual(['call_7', undefined, undefined]);
  });

  it('claims the usage that it is told to claim', async () => {
    const usage = { prompt: 1_000, cached: 900, completion: 10 };
    const said = async (answer: SimulatedResponse) => JSON.parse((await answerTo(answer, false)).said);
    expect((await said(reply({ usage }))).usage).toMatchObject({
      total_tokens: 1_010,
      cost: 0.0000885,
      prompt_tokens_details: { cached_tokens: 900 },
    });
    expect((await said(reply({ usage: { cost: null } }))).usage.cost).toBeNull();
    expect(await said(reply({ usage: null }))).not.toHaveProperty('usage');
    expect(await eventsOf(reply({ usage: null }))).not.toContainEqual(
      expect.objectContaining({ usage: expect.anything() }),
    );
  });

  it('shows images, citations and a refusal', async () => {
    const annotations = [{ type: 'url_citation', url_citation: { url: 'https://example.com' } }];
    const answer = reply({ images: ['data:image/png;base64,AA'], annotations, refusal: 'No.' });
    const { message } = JSON.parse((await answerTo(answer, false)).said).choices[0];
    expect(message).toMatchObject({ content: null, refusal: 'No.', annotations, images: [{ type: 'image_url' }] });
    const deltas = (await eventsOf(answer)).map((event) => event.choices[0]?.delta ?? {});
    expect(deltas).toContainEqual(expect.objectContaining({ refusal: 'No.' }));
    expect(deltas).toContainEqual(expect.objectContaining({ images: message.images }));
    expect(deltas).toContainEqual(expect.objectContaining({ annotations }));
  });
});

describe('odd bodies', () => {
  it('are what they are called', async () => {
    const page = await answerTo(htmlPage({ status: 502, title: 'Bad gateway', length: 5_000 }), false);
    expect([page.status, page.headers.get('content-type'), page.said.length]).toEqual([
      502,
      'text/html; charset=utf-8',
      5_000,
    ]);
    expect((await answerTo(emptyBody(), false)).said).toBe('');
    expect(() => JSON.parse('')).toThrow(SyntaxError);
    const broken = (await answerTo(invalidJson(), false)).said;
    expect(() => JSON.parse(broken)).toThrow(SyntaxError);
    const moved = await answerTo(redirect('https://elsewhere.example/'), false);
    expect([moved.status, moved.headers.get('location')]).toEqual([307, 'https://elsewhere.example/']);
    expect((await answerTo(rawBody(Uint8Array.of(104, 105), { contentType: 'text/plain' }), false)).said).toBe('hi');
    expect((await answerTo(json([1], { status: 201 }), false)).said).toBe('[1]');
    expect((await answerTo(emptyBody(204), false)).status).toBe(204);
  });
});
