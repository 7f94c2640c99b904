import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors/config-error.ts';
import type { Call } from '../pipeline/call.ts';
import type { Operation, RequestOptions } from '../pipeline/operation.ts';
import { pendingCall } from '../pipeline/pending-call.ts';
import { readChatCompletion } from '../streaming/read-chat-completion.ts';
import { readChatStream } from '../streaming/read-chat-stream.ts';
import type { ChatRequest } from '../wire/chat-request.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { chat, type ChatDefaults } from './chat.ts';

interface Made {
  readonly operation: Operation<unknown>;
  readonly options: RequestOptions | undefined;
}

function setup(): { readonly made: Made[]; readonly call: Call } {
  const made: Made[] = [];
  return {
    made,
    call: (operation, options) => {
      made.push({ operation, options });
      return pendingCall(new Promise(() => undefined));
    },
  };
}

const defaults: ChatDefaults = {
  clock: new FakeClock(),
  failover: 'off',
  timeoutMs: 1_000,
  fallbackModels: [],
  allowPaidFallback: false,
};

const request: ChatRequest = { model: 'm', messages: [{ role: 'user', content: 'Hi' }] };

function verdict(body: object, method: 'create' | 'stream' = 'create'): string {
  const { made, call } = setup();
  void chat(call, defaults)[method](body as ChatRequest);
  try {
    made[0]?.operation.check?.();
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'It is accepted.';
}

describe('the chat endpoints', () => {
  it('ask for a whole answer', () => {
    const { made, call } = setup();
    const options = { timeoutMs: 5 };
    void chat(call, defaults).create(request, options);
    expect(made).toHaveLength(1);
    expect(made[0]?.operation).toMatchObject({ method: 'POST', path: '/chat/completions', read: readChatCompletion });
    expect(made[0]?.operation.body).toBe(request);
    expect(made[0]?.operation.stream).toBeUndefined();
    expect(made[0]?.options).toBe(options);
  });

  it('ask for a stream', () => {
    const { made, call } = setup();
    const options = { timeoutMs: 5 };
    void chat(call, defaults).stream(request, options);
    expect(made).toHaveLength(1);
    expect(made[0]?.operation).toMatchObject({
      method: 'POST',
      path: '/chat/completions',
      stream: true,
      read: readChatStream,
    });
    expect(made[0]?.operation.body).toBe(request);
    expect(made[0]?.options).toBe(options);
  });
});

describe('a chat request', () => {
  it('needs messages, or a prompt of the older kind', () => {
    expect(verdict(request)).toBe('It is accepted.');
    expect(verdict({ prompt: 'Once upon a time' })).toBe('It is accepted.');
    expect(verdict({ prompt: '', messages: [] })).toBe('It is accepted.');
  });

  it.each([
    {},
    { messages: [] },
    { messages: 'Hi' },
    { messages: null },
    { messages: { role: 'user', content: 'Hi' } },
  ])('is refused without: %j', (body) => {
    const message = "The request needs `messages`: a list such as [{ role: 'user', content: 'Hello' }].";
    expect(verdict(body)).toBe(message);
    expect(verdict(body, 'stream')).toBe(message);
  });

  it.each([true, false, null])('does not say itself whether it is a stream: %j', (stream) => {
    const message = '`stream` is not a parameter here: chat.create answers whole, chat.stream answers as a stream.';
    expect(verdict({ ...request, stream })).toBe(message);
    expect(verdict({ ...request, stream }, 'stream')).toBe(message);
  });

  it('may leave stream undefined', () => {
    expect(verdict({ ...request, stream: undefined })).toBe('It is accepted.');
  });
});
