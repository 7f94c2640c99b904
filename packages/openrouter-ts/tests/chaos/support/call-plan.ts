import type { ChatStreamOptions } from '../../../src/index.ts';
import type { Exchange } from '../../../src/testing/index.ts';
import { between, maybe, pick, seededRandom, seedOf, type Random } from './chance.ts';
import { drawResponse, type Trouble } from './draw-response.ts';
import type { DrawnResponse } from './sent-response.ts';
import { madeUpText } from './texts.ts';

/** How the caller takes a stream. */
export type Reading = 'chunks' | 'text' | 'slowly' | 'completion' | 'loop and completion' | 'never';

/** How the caller gives a call up. */
export type GivingUp =
  | { readonly how: 'signal'; readonly afterMs: number }
  | { readonly how: 'break' | 'throw' | 'abort' | 'signal in the loop'; readonly afterPieces: number };

/** All that one call does, drawn from a seed. */
export interface CallPlan {
  readonly number: number;
  readonly mode: 'whole' | 'stream';
  readonly reading: Reading;
  readonly givingUp: GivingUp | undefined;
  /** When it begins, after the call before it. */
  readonly pauseMs: number;
  readonly model: string;
  readonly options: Omit<ChatStreamOptions, 'signal' | 'headers'>;
  /** Whether every answer has the same text, or goes on with it if it is asked to. */
  readonly faithful: boolean;
  /** What the model says in answer to a request of this call, counted from 0. */
  readonly textOf: (request: number) => string;
  /** What happens to a request of this call, counted from 0. */
  readonly responseTo: (request: number) => DrawnResponse;
}

/** Models that no catalogue has, so that nothing else is known of them. */
export const models = ['chaos/one', 'chaos/two', 'chaos/three'] as const;

/** Draws one call of a client. */
export function planCall(number: number, seed: number, trouble: Trouble): CallPlan {
  const random = seededRandom(seed);
  const mode = pick(random, 'whole', 'stream', 'stream');
  const faithful = maybe(random, 0.8);
  const textOf = (request: number): string => {
    const tag = faithful ? 0 : request;
    return madeUpText(seededRandom(seedOf(seed, 1, tag)), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.charAt(tag % 26));
  };
  return {
    number,
    mode,
    faithful,
    textOf,
    reading: pick(
      random,
      'chunks',
      'text',
      'text',
      'slowly',
      'completion',
      'completion',
      'loop and completion',
      'never',
    ),
    givingUp: maybe(random, 0.2) ? planGivingUp(random, mode) : undefined,
    pauseMs: maybe(random, 0.7) ? 0 : between(random, 0, 20_000),
    model: pick(random, ...models),
    options: {
      ...(maybe(random, 0.15) && { timeoutMs: between(random, 1, 60_000) }),
      ...(maybe(random, 0.2) && { maxRetries: between(random, 0, 4) }),
      ...(maybe(random, 0.2) && { fallbackModels: models.slice(0, between(random, 0, 3)) }),
      ...(mode === 'stream' && maybe(random, 0.3) && { failover: pick(random, 'off', 'restart', 'continue') }),
    },
    responseTo: (request) =>
      drawResponse({
        seed: seedOf(seed, 2, request),
        trouble,
        textFor: (exchange) => restOf(textOf(request), exchange),
      }),
  };
}

function planGivingUp(random: Random, mode: CallPlan['mode']): GivingUp {
  if (mode === 'whole' || maybe(random, 0.5)) {
    const afterMs = pick(random, 0, between(random, 1, 2_000), between(random, 1, 60_000));
    return { how: 'signal', afterMs };
  }
  return { how: pick(random, 'break', 'throw', 'abort', 'signal in the loop'), afterPieces: between(random, 1, 8) };
}

/** A model that is given the beginning of its answer goes on from there. */
function restOf(text: string, { request }: Exchange): string {
  const { messages } = request.json as {
    readonly messages: readonly { readonly role: string; readonly content: string }[];
  };
  const last = messages.at(-1);
  return last?.role === 'assistant' && text.startsWith(last.content) ? text.slice(last.content.length) : text;
}
