import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors/config-error.ts';
import type { PrepareCall } from '../pipeline/call.ts';
import type { Asking, RequestOptions } from '../pipeline/operation.ts';
import { pendingCall } from '../pipeline/pending-call.ts';
import { readChatCompletion } from '../streaming/read-chat-completion.ts';
import type { ChatRequest } from '../wire/chat-request.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import type { ChatDefaults } from '../resilience/failover.ts';
import { chat } from './chat.ts';

interface Made {
  readonly read: unknown;
  readonly asking: Asking;
  readonly options: RequestOptions | undefined;
}

function setup(): { readonly made: Made[]; readonly prepare: PrepareCall } {
  const made: Made[] = [];
  return {
    made,
    prepare: (read) => (asking, options) => {
      made.push({ read, asking, options });
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
  const { made, prepare } = setup();
  void chat(prepare, defaults)[method](body as ChatRequest);
  try {
    made[0]?.asking.check?.();
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'It is accepted.';
}

describe('the chat endpoints', () => {
  it('ask for a whole answer', () => {
    const { made, prepare } = setup();
    const options = { timeoutMs: 5 };
    void chat(prepare, defaults).create(request, options);
    expect(made).toHaveLength(1);
    expect(made[0]?.asking).toMatchObject({ method: 'POST', path: '/chat/completions', stream: false });
    expect(made[0]?.read).toBe(readChatCompletion);
    expect(made[0]?.asking.body).toBe(request);
    expect(made[0]?.options).toBe(options);
  });

  it('ask for a stream', () => {
    const { made, prepare } = setup();
    const options = { timeoutMs: 5 };
    void chat(prepare, defaults).stream(request, options);
    expect(made).toHaveLength(1);
    expect(made[0]?.asking).toMatchObject({ method: 'POST', path: '/chat/completions', stream: true });
    expect(made[0]?.asking.body).toBe(request);
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
    const message = '`stream` is not a parameter: ask for a stream with chat.stream.';
    expect(verdict({ ...request, stream })).toBe(message);
    expect(verdict({ ...request, stream }, 'stream')).toBe(message);
  });

  it('may leave stream undefined', () => {
    expect(verdict({ ...request, stream: undefined })).toBe('It is accepted.');
  });
});
