import type { Annotation } from '../../wire/annotation.ts';
import { plainFinishReasons } from '../catalogue/simulated-model.ts';
import type { SimulatedModel } from '../catalogue/simulated-model.ts';
import type { ReplyOptions, ReplyToolCall } from './reply-options.ts';
import type { Random } from '../seeded-random.ts';
import { randomText } from '../seeded-random.ts';
import { splitIntoTokens } from './split-into-tokens.ts';

/** A tool call, ready to be sent. */
export interface AnsweredToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** What is said, cut into the pieces that a stream sends. */
export interface Answer {
  /** Null when there is no text. */
  readonly content: readonly string[] | null;
  readonly reasoning: readonly string[];
  readonly refusal: readonly string[];
  readonly toolCalls: readonly AnsweredToolCall[];
  readonly images: readonly string[];
  readonly annotations: readonly Annotation[];
  readonly finishReason: string | null;
  readonly nativeFinishReason: string | null;
}

/**
 * Makes an answer of what a reply says.
 *
 * @param options - the reply; its content must have been decided on
 * @param model - who answers
 * @param random - where ids come from
 * @returns the answer
 */
export function answerOf(options: ReplyOptions, model: SimulatedModel, random: Random): Answer {
  const toolCalls = (options.toolCalls ?? []).map((call) => answeredToolCall(call, random));
  const finishReason = options.finishReason === undefined ? defaultReason(toolCalls) : options.finishReason;
  const content = options.content ?? null;
  return {
    content: content === null ? null : piecesOf(content),
    reasoning: piecesOf(options.reasoning ?? []),
    refusal: piecesOf(options.refusal ?? []),
    toolCalls,
    images: options.images ?? [],
    annotations: options.annotations ?? [],
    finishReason,
    nativeFinishReason:
      options.nativeFinishReason === undefined ? nativeReason(finishReason, model) : options.nativeFinishReason,
  };
}

function piecesOf(text: string | readonly string[]): readonly string[] {
  return typeof text === 'string' ? splitIntoTokens(text) : text;
}

function answeredToolCall(call: ReplyToolCall, random: Random): AnsweredToolCall {
  const text = typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments);
  return { id: call.id ?? `call_${randomText(random, 24)}`, name: call.name, arguments: text };
}

function defaultReason(toolCalls: readonly AnsweredToolCall[]): string {
  return toolCalls.length > 0 ? 'tool_calls' : 'stop';
}

function nativeReason(reason: string | null, model: SimulatedModel): string | null {
  const words = model.nativeFinishReasons ?? plainFinishReasons;
  return reason === 'stop' || reason === 'length' || reason === 'tool_calls' ? words[reason] : reason;
}
