import { chunk, lastChunk, responseHead, write, type ScriptedStep } from '../../src/testing/server/index.ts';
import { done, eventOf, finish, text, usage, usageChunk } from './sse-text.ts';

type Headers = Readonly<Record<string, string>>;

/** The id in the header of every answer here. */
export const generationId = 'gen-from-header';

/** An answer of `size` bytes as its header says, of which `body` is what comes. */
export function sized(status: number, headers: Headers, body: string | Uint8Array, size?: number): ScriptedStep {
  const bytes = Buffer.from(body);
  const head = responseHead(status, {
    'x-generation-id': generationId,
    ...headers,
    'content-length': String(size ?? bytes.length),
  });
  return write(Buffer.concat([Buffer.from(head), bytes]));
}

/** A whole JSON answer. */
export function json(status: number, body: unknown, headers: Headers = {}): ScriptedStep {
  return sized(status, { 'content-type': 'application/json', ...headers }, JSON.stringify(body));
}

/** A whole error answer. */
export function failure(status: number, error: unknown, headers: Headers = {}): ScriptedStep {
  return json(status, { error }, headers);
}

/** A web page. */
export function html(status: number, body: string, headers: Headers = {}): ScriptedStep {
  return sized(status, { 'content-type': 'text/html; charset=UTF-8', ...headers }, body);
}

/** The head of a stream. */
export function streamHead(headers: Headers = {}): ScriptedStep {
  return write(
    responseHead(200, {
      'x-generation-id': generationId,
      'content-type': 'text/event-stream',
      'transfer-encoding': 'chunked',
      ...headers,
    }),
  );
}

/** Pieces of a body, each a chunk of its own. Text is sent as it is, anything else as an event. */
export function pieces(...values: readonly unknown[]): ScriptedStep {
  return write(
    values.map((value) => chunk(typeof value === 'string' || value instanceof Uint8Array ? value : eventOf(value))),
  );
}

/** The proper end of a body of chunks. */
export const bodyEnd: ScriptedStep = write(lastChunk);

/** A whole stream of events. */
export function events(...values: readonly unknown[]): readonly ScriptedStep[] {
  return [streamHead(), pieces(...values), bodyEnd];
}

/** A completion of a model. */
export function completionOf(
  message: Readonly<Record<string, unknown>> = { content: 'Hello' },
  choice: Readonly<Record<string, unknown>> = {},
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    id: 'gen-1',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: 'openai/gpt-4o-mini',
    choices: [
      {
        index: 0,
        finish_reason: 'stop',
        native_finish_reason: 'stop',
        message: { role: 'assistant', ...message },
        ...choice,
      },
    ],
    usage,
    ...more,
  };
}

/** The answer «Hello», whole or streamed. */
export function hello(mode: 'whole' | 'stream'): readonly ScriptedStep[] {
  return mode === 'whole'
    ? [json(200, completionOf())]
    : events(': OPENROUTER PROCESSING\n\n', text('Hel'), text('lo'), finish(), usageChunk, done);
}
