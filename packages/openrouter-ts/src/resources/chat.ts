import { ConfigError } from '../errors/config-error.ts';
import { OnDemand } from '../http/on-demand.ts';
import type { Outcome } from '../http/outcome.ts';
import type { Reader } from '../http/read-context.ts';
import type { PrepareCall } from '../pipeline/call.ts';
import type { Asking, RequestOptions } from '../pipeline/operation.ts';
import { pendingCall, type PendingCall } from '../pipeline/pending-call.ts';
import type { ChatDefaults, OpenStream } from '../resilience/failover.ts';
import { checkFailover, type Failover } from '../resilience/failover-options.ts';
import type { ChatStream } from '../streaming/chat-stream.ts';
import { ratesPart } from '../resilience/lazy-rates.ts';
import { readChatCompletion } from '../streaming/read-chat-completion.ts';
import type { ChatCompletion } from '../wire/chat-completion.ts';
import type { ChatRequest } from '../wire/chat-request.ts';

/** What reads an answer as it is written, with all that can go wrong in it: no stream that is open needs to load anything. */
export const streamingPart: OnDemand<typeof import('../streaming/read-chat-stream.ts')> = new OnDemand(
  'streaming',
  () => import('../streaming/read-chat-stream.ts'),
);

/** What goes on with another answer when one breaks off, with what keeps to limits: another model may have one. */
export const failoverPart: OnDemand<typeof import('../resilience/failover.ts')> = new OnDemand('failover', async () => {
  const [part] = await Promise.all([import('../resilience/failover.ts'), ratesPart.load()]);
  return part;
});

/** Answers from a model: whole, or as they are written. */
export interface Chat {
  /**
   * Asks a model and waits for its whole answer (`POST /chat/completions`).
   *
   * For answers that may take minutes prefer {@link Chat.stream} and its `completion()`: a stream that breaks off tells early, keeps what had arrived,
   * and stops being billed when it is aborted, with providers that support it.
   *
   * @param request - the API's own request body; parameters that are not documented pass through
   * @param options - signal, time limit and headers for this call
   * @returns the API's own JSON, nothing renamed and nothing dropped; `.withResponse()` gives headers and attempts too
   * @throws ConfigError before anything is sent, when the request cannot work
   * @throws ApiError, ConnectionError, TimeoutError, ResponseFormatError, StreamError or LimitExceededError when it fails
   * @throws the signal's reason when that aborts
   * @see https://openrouter.ai/docs/api-reference/chat-completion
   */
  create(request: ChatRequest, options?: RequestOptions): PendingCall<ChatCompletion>;

  /**
   * Asks a model and gives its answer as it is written (`POST /chat/completions` with `stream: true`).
   *
   * The stream is open when its first output is here: whatever fails before that rejects this promise, and what fails after it is thrown where the stream is read.
   *
   * @param request - the API's own request body; `stream: true` is added
   * @param options - signal, time limit, headers and failover for this call
   * @returns the stream, to be read once as chunks, as text, or whole
   * @throws the same errors as {@link Chat.create}
   * @see https://openrouter.ai/docs/api-reference/streaming
   */
  stream(request: ChatRequest, options?: ChatStreamOptions): PendingCall<ChatStream>;
}

/** What a caller may say about one stream. */
export interface ChatStreamOptions extends RequestOptions {
  /** What to do when the answer breaks off in the middle. Default: the client's `failover`. */
  readonly failover?: Failover | undefined;
}

/**
 * Makes the chat endpoints of a client.
 *
 * @param prepare - prepares the functions through which every call goes
 * @param defaults - what streams that fail over are told
 * @returns the endpoints
 */
export function chat(prepare: PrepareCall, defaults: ChatDefaults): Chat {
  const askWhole = prepare(readChatCompletion);
  const askForStream = prepare(readStream);
  const stream: Chat['stream'] = (request, options) => askForStream(asking(request, true), options);
  return {
    create: (request, options) => askWhole(asking(request, false), options),
    stream: (request, options = {}) => {
      const { failover: how = defaults.failover } = options;
      if (how === 'off') return stream(request, options);
      checkFailover(how);
      return pendingCall(failingOver(how, request, options));
    },
  };

  async function failingOver(
    how: 'restart' | 'continue',
    request: ChatRequest,
    options: ChatStreamOptions,
  ): Promise<Outcome<ChatStream>> {
    // Loaded before anything is sent: nothing that is needed after a failure may be missing then.
    const { streamWithFailover } = await failoverPart.load(options.signal);
    const open: OpenStream = (next, nextOptions) => stream(next, nextOptions).withResponse();
    return streamWithFailover({ how, request, options, defaults, open });
  }
}

const readStream: Reader<ChatStream> = (response, context) =>
  streamingPart.use(({ readChatStream }) => readChatStream(response, context));

function asking(request: ChatRequest, stream: boolean): Asking {
  return {
    method: 'POST',
    path: '/chat/completions',
    body: request,
    stream,
    check: () => {
      check(request);
    },
  };
}

function check({ messages, prompt, stream }: ChatRequest): void {
  if (stream !== undefined) throw new ConfigError('`stream` is not a parameter: ask for a stream with chat.stream.');
  if (prompt === undefined && (!Array.isArray(messages) || messages.length === 0)) {
    throw new ConfigError("The request needs `messages`: a list such as [{ role: 'user', content: 'Hello' }].");
  }
}
