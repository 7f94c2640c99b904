import type { ErrorBody } from '../../wire/error-body.ts';
import { chunkOf } from '../answers/chunks-of.ts';
import { completionOf } from '../answers/completion-of.ts';
import { readChatRequest } from '../answers/read-chat-request.ts';
import { takeTurn } from '../answers/turn.ts';
import type { Turn } from '../answers/turn.ts';
import type { Exchange, SimulatedResponse } from '../exchange.ts';
import type { Step } from '../step.ts';
import { bookTurn } from './book-turn.ts';
import { errorOf } from './failure.ts';
import type { FailureOptions } from './failure.ts';
import type { ReplyOptions } from '../answers/reply-options.ts';
import { dataEvent } from './sse.ts';
import { standardHeaders } from './standard-headers.ts';
import { streamTurn } from './stream-turn.ts';

/**
 * How a stream tells that its provider failed. All have been seen: beside a finish reason `error`, beside a finish reason that is null, on
 * a chunk without choices, or as a bare object with nothing but the error.
 */
export type BrokenShape = 'finishError' | 'finishNull' | 'noChoices' | 'bare';

/** What a provider says before it fails, and how its failure is told. */
export interface BrokenAnswerOptions extends Omit<FailureOptions, 'headers' | 'userId'> {
  /** What arrived before. Default: a few made-up sentences. */
  readonly answer?: string | ReplyOptions;
  /** Default 502. It is told as the error's code. */
  readonly status?: number;
  /** Default `finishError`. Only a stream has shapes. */
  readonly shape?: BrokenShape;
}

/**
 * Fails in the middle of an answer, under status 200: in a stream with an error on a chunk after which nothing comes, not even `[DONE]`;
 * in a JSON body with an error beside the unfinished message. It is not billed.
 *
 * @see https://openrouter.ai/docs/api-reference/errors-and-debugging
 * @param options - what is said before, and how the failure is told
 * @returns the response
 */
export function brokenAnswer(options: BrokenAnswerOptions = {}): SimulatedResponse {
  const { answer = {}, status = 502, shape = 'finishError' } = options;
  const said: ReplyOptions = typeof answer === 'string' ? { content: answer } : answer;
  const error: ErrorBody = errorOf(status, options);
  return (exchange) => {
    const turn = takeTurn(exchange, said);
    if (!readChatRequest(exchange.request.json).streams) return brokenBody(exchange, turn, error);
    return streamTurn(exchange, turn, { ...said, failure: () => brokenEnd(turn, error, shape) });
  };
}

function brokenEnd(turn: Turn, error: ErrorBody, shape: BrokenShape): readonly Step[] {
  return [dataEvent(brokenChunk(turn, error, shape)), { type: 'end' }];
}

function brokenChunk(turn: Turn, error: ErrorBody, shape: BrokenShape): unknown {
  if (shape === 'bare') return { error };
  const reason = shape === 'finishError' ? 'error' : null;
  const choice = {
    index: 0,
    delta: { content: '', role: 'assistant' },
    finish_reason: reason,
    native_finish_reason: reason,
  };
  const { choices, ...envelope } = chunkOf(turn, shape === 'noChoices' ? [] : [choice]);
  return { ...envelope, error, choices };
}

function brokenBody(exchange: Exchange, turn: Turn, error: ErrorBody): readonly Step[] {
  bookTurn(exchange, turn, false).fail();
  const { choices, usage: _, ...envelope } = completionOf(turn);
  const broken = choices.map((choice) => ({ error, ...choice, finish_reason: 'error', native_finish_reason: null }));
  return [
    standardHeaders(exchange, { headers: { 'x-generation-id': turn.id } }),
    { type: 'write', data: JSON.stringify({ ...envelope, choices: broken }) },
    { type: 'end' },
  ];
}
