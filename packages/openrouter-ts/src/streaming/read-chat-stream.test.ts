import { describe, expect, it } from 'vitest';
import { scriptedAttempt, type AttemptOptions, type ScriptedAttempt } from '../../tests/support/read-context.ts';
import { chunkOf, done, eventOf, finish, keepAlive, text, usage, usageChunk } from '../../tests/support/sse-text.ts';
import { ResponseFormatError } from '../errors/response-format-error.ts';
import { ProviderError } from '../errors/status-errors.ts';
import { StreamProtocolError, StreamTruncatedError } from '../errors/stream-error.ts';
import { StreamInterruptedError } from '../errors/stream-interrupted-error.ts';
import type { Outcome } from '../http/outcome.ts';
import type { ChatChunk } from '../wire/chat-chunk.ts';
import { ChatStream } from './chat-stream.ts';
import { readChatStream } from './read-chat-stream.ts';

function opening(
  options: AttemptOptions = {},
): ScriptedAttempt & { readonly opened: Promise<Outcome<ChatStream>>; readonly state: () => string } {
  const attempt = scriptedAttempt(options);
  let state = 'waiting';
  const opened = readChatStream(attempt.response, attempt.context);
  opened.then(
    () => (state = 'open'),
    () => (state = 'failed'),
  );
  return { ...attempt, opened, state: () => state };
}

async function chunksOf(stream: ChatStream): Promise<readonly ChatChunk[]> {
  const chunks: ChatChunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

describe('a stream', () => {
  it('is open when its first output is here, and not before', async () => {
    const { body, clock, opened, state } = opening();
    for (const silence of [
      keepAlive,
      eventOf({ choices: [], debug: {} }),
      eventOf(chunkOf({ content: '', tool_calls: [] })),
    ]) {
      body.send(silence);
      await clock.advance(0);
      expect(state()).toBe('waiting');
    }
    body.send(eventOf(text('a')));
    await clock.advance(0);
    expect(state()).toBe('open');
    expect((await opened).value).toBeInstanceOf(ChatStream);
  });

  it.each([
    ['reasoning', chunkOf({ reasoning: 'Hm' })],
    ['a tool call', chunkOf({ tool_calls: [{ index: 0, id: 'a', function: { name: 'one' } }] })],
    ['a refusal', chunkOf({ refusal: 'No' })],
    ['a finish reason', finish('content_filter')],
  ])('is open when its first output is %s', async (_, chunk) => {
    const { body, opened } = opening();
    body.send(eventOf(chunk));
    expect((await opened).value.partial.choices).toHaveLength(1);
  });

  it('gives the chunks that came before its first output, too', async () => {
    const { body, opened } = opening();
    const debug = { ...chunkOf({}), choices: [], debug: { echo_upstream_body: {} } };
    body.send(
      eventOf(debug),
      eventOf(chunkOf({ content: '' })) + eventOf(text('a')) + eventOf(text('b')),
      eventOf(finish()),
      done,
    );
    expect(await chunksOf((await opened).value)).toEqual([
      debug,
      chunkOf({ content: '' }),
      text('a'),
      text('b'),
      finish(),
    ]);
  });

  it('reads no further than its first output until somebody reads', async () => {
    const { body, clock, opened } = opening();
    body.send(eventOf(text('a')), eventOf(text('b')));
    await opened;
    await clock.advance(0);
    expect(body.pulls).toBe(1);
  });

  it('is one although its type has parameters, another case, or none', async () => {
    for (const type of ['text/event-stream;charset=UTF-8', 'TEXT/EVENT-STREAM', '']) {
      const { body, opened } = opening({ headers: { 'content-type': type } });
      body.send(eventOf(finish()), done);
      await expect(opened).resolves.toBeDefined();
    }
  });

  it('comes with the details of its response, which grow with it', async () => {
    const attempts = [{ number: 1, startedAt: 0, durationMs: 1 }];
    const { body, opened, context } = opening({ headers: { 'x-odd': '1' }, attempts });
    body.send(eventOf({ ...text('a'), id: undefined }));
    const { value, response, settled } = await opened;
    expect(response).toBe(value.response);
    expect(settled).toBe(value.settled);
    expect(response).toMatchObject({ status: 200, headers: { 'x-odd': '1' }, warnings: [], generationId: undefined });
    expect(response.attempts).toBe(context.request.attempts);
    body.send(eventOf(text('b')), done);
    await value.completion();
    expect(response).toMatchObject({ generationId: 'gen-1', warnings: ['finish-missing', 'usage-missing'] });
  });

  it('may be over when it opens', async () => {
    const { body, opened } = opening();
    body.send(eventOf({ ...finish(), usage }) + done);
    const { value, settled } = await opened;
    expect((await value.completion()).usage).toEqual(usage);
    expect(await settled).toEqual({ usage, model: 'openai/gpt-4o-mini', generationId: 'gen-1', error: undefined });
  });

  it('may end without any output: it is given as it came, with warnings', async () => {
    const { body, opened } = opening();
    body.send(eventOf(chunkOf({ content: '' })) + done);
    const { value, response } = await opened;
    expect(await chunksOf(value)).toEqual([chunkOf({ content: '' })]);
    expect(response.warnings).toEqual(['finish-missing', 'empty', 'usage-missing']);
  });
});

describe('what fails before the first output', () => {
  it.each([
    [
      'an error in the stream',
      (attempt: ScriptedAttempt) => attempt.body.send(keepAlive, eventOf({ error: { code: 502, message: 'x' } })),
      ProviderError,
    ],
    ['the end of the body', (attempt: ScriptedAttempt) => attempt.body.send(keepAlive).end(), StreamTruncatedError],
    ['no body at all', (attempt: ScriptedAttempt) => attempt.body.end(), StreamTruncatedError],
    [
      'a connection that breaks',
      (attempt: ScriptedAttempt) => attempt.body.fail(new Error('ECONNRESET')),
      StreamInterruptedError,
    ],
    [
      'an event that is not a chunk',
      (attempt: ScriptedAttempt) => attempt.body.send(eventOf('{')),
      StreamProtocolError,
    ],
  ])('is a failure of the call: %s', async (_, break_, kind) => {
    const attempt = opening();
    break_(attempt);
    const failure = await attempt.opened.catch((reason: unknown) => reason);
    expect(failure).toBeInstanceOf(kind);
    expect(failure).toMatchObject({ phase: 'answered', partial: undefined });
  });

  it('is the reason itself, when the caller ends the call', async () => {
    const reason = new Error('enough');
    const { scope, opened, clock } = opening();
    await clock.advance(0);
    scope.abort(reason);
    await expect(opened).rejects.toBe(reason);
  });
});

describe('an answer that is not a stream', () => {
  it('is read for the error in it when it is JSON', async () => {
    const { body, opened } = opening({ headers: { 'content-type': 'application/json' } });
    body.send('\n   \n{"error":{"code":503,"message":"Overloaded"}}').end();
    const failure = await opened.catch((reason: unknown) => reason);
    expect(failure).toBeInstanceOf(ProviderError);
    expect(failure).toMatchObject({ status: 503 });
  });

  it('is not taken for one when it is a whole answer', async () => {
    const { body, opened } = opening({ headers: { 'content-type': 'application/json' } });
    body.send('{"choices":[{"message":{"content":"Hi"}}]}').end();
    const failure = await opened.catch((reason: unknown) => reason);
    expect(failure).toBeInstanceOf(ResponseFormatError);
    expect(failure).toMatchObject({
      failure: 'unexpected-content-type',
      message: expect.stringContaining('application/json in the place of a stream of events'),
    });
  });

  it('is named as a web page when it is one', async () => {
    const { body, opened } = opening({ headers: { 'content-type': 'text/html; charset=utf-8' } });
    body.send('<!doctype html><title>Portal</title>').end();
    await expect(opened).rejects.toMatchObject({ failure: 'html' });
  });

  it('is not read when it is anything else', async () => {
    const { body, opened } = opening({ headers: { 'content-type': 'text/plain' } });
    await expect(opened).rejects.toMatchObject({
      name: 'ResponseFormatError',
      failure: 'unexpected-content-type',
      message: expect.stringContaining('text/plain in the place'),
    });
    expect(body.pulls).toBe(0);
  });
});

it('has the usage that came with the opening', async () => {
  const { body, opened } = opening();
  body.send(eventOf({ ...text('a'), usage }) + eventOf(usageChunk) + eventOf(finish()) + done);
  const { value } = await opened;
  expect(value.partial.usage).toEqual(usage);
});
