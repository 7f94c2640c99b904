import type { WithResponse } from '../pipeline/pending-call.ts';
import type { Outcome, ResponseDetails } from '../http/outcome.ts';
import type { RequestOptions } from '../pipeline/operation.ts';
import { ChatStream } from '../streaming/chat-stream.ts';
import { AbortScope } from '../util/abort-scope.ts';
import type { Clock } from '../util/clock.ts';
import type { ChatRequest } from '../wire/chat-request.ts';
import type { Failover } from './failover-options.ts';
import { FailoverSource, type Begun } from './failover-source.ts';
import { standIns } from './stand-ins.ts';
import { timeoutError } from './timeouts.ts';

/** What streams that fail over are told, unless their call says otherwise. */
export interface ChatDefaults {
  readonly clock: Clock;
  readonly failover: Failover;
  /** How long all of it may take, in milliseconds. */
  readonly timeoutMs: number;
  /** The models that may stand in. */
  readonly fallbackModels: readonly string[];
  /** Whether they may cost money in the place of a free one. */
  readonly allowPaidFallback: boolean;
}

/** Opens a stream in the usual way. */
export type OpenStream = (request: ChatRequest, options: RequestOptions) => Promise<WithResponse<ChatStream>>;

/** What a stream that may fail over is made of. */
export interface FailoverParts {
  readonly how: 'restart' | 'continue';
  readonly request: ChatRequest;
  readonly options: RequestOptions;
  /** What holds where the options say nothing. */
  readonly defaults: ChatDefaults;
  readonly open: OpenStream;
}

/**
 * Opens a stream that goes on with another answer when one breaks off: of the same model once, then of those that may stand in for it.
 * All answers are under one deadline, and each is a call of its own for the ledger.
 *
 * @param parts - the request and how to go on
 * @returns the stream; its attempts are those of all answers
 * @throws the same as opening a stream in the usual way
 */
export async function streamWithFailover(parts: FailoverParts): Promise<Outcome<ChatStream>> {
  const { request, options, defaults } = parts;
  const { clock } = defaults;
  const { timeoutMs = defaults.timeoutMs } = options;
  // Only a conversation can be gone on with, and JSON that is asked for begins anew.
  const how = Array.isArray(request.messages) && request.response_format == null ? parts.how : 'restart';
  const scope = new AbortScope(options.signal);
  const deadlineAt = clock.now() + timeoutMs;
  // Each answer has the same deadline, but a reader that has gone would never hear of it.
  if (timeoutMs !== Infinity) {
    const tooLate = (): void => {
      scope.abort(timeoutError('total', timeoutMs, { method: 'POST', path: '/chat/completions', stream: true }));
    };
    scope.defer(clock.setTimer(tooLate, timeoutMs));
  }
  const open = async (what: ChatRequest, settings: RequestOptions): Promise<ChatStream> => {
    const left = Math.max(1, deadlineAt - clock.now());
    return (await parts.open(what, { ...settings, signal: scope.signal, timeoutMs: left, partOf: scope })).data;
  };
  try {
    const first = await open(request, options);
    const source = new FailoverSource(first, {
      how,
      scope,
      models: modelsAfter(parts),
      // Each of the models is asked in its turn.
      open: (model, begun) => open(requestFor(model, begun, request), { ...options, fallbackModels: [] }),
    });
    const response = responseOf(source);
    const stream = new ChatStream({ reader: source, opening: [], response, scope });
    void stream.settled.then(() => {
      scope.release();
    });
    return { value: stream, response, settled: stream.settled };
  } catch (error) {
    scope.release();
    throw error;
  }
}

/** What is told of the answer changes when another one takes its place. */
function responseOf(source: FailoverSource): ResponseDetails {
  return {
    get status() {
      return source.response.status;
    },
    get headers() {
      return source.response.headers;
    },
    get generationId() {
      return source.generationId;
    },
    get attempts() {
      return source.attempts;
    },
    warnings: source.warnings,
  };
}

function modelsAfter({ request, options, defaults }: FailoverParts): readonly string[] {
  const { model = '' } = request;
  const { fallbackModels = defaults.fallbackModels, allowPaidFallback: allowPaid = defaults.allowPaidFallback } =
    options;
  return [model, ...standIns(model, fallbackModels, allowPaid)];
}

/** A model goes on from a last message that is its own; white space at its end is refused by some. */
function requestFor(model: string, { text, continues }: Begun, request: ChatRequest): ChatRequest {
  const asked = model === (request.model ?? '') ? request : { ...request, model, models: undefined };
  if (!continues) return asked;
  return { ...asked, messages: [...asked.messages, { role: 'assistant', content: text.trimEnd() }] };
}
