import { completionOf } from '../answers/completion-of.ts';
import type { Turn } from '../answers/turn.ts';
import type { Exchange } from '../exchange.ts';
import { waitsOf } from '../pace.ts';
import { between } from '../seeded-random.ts';
import type { Step } from '../step.ts';
import { bookTurn } from './book-turn.ts';
import type { ReplyOptions } from '../answers/reply-options.ts';
import { keepAliveWhitespace } from './sse.ts';
import { standardHeaders } from './standard-headers.ts';

/**
 * Sends an answer as one JSON body. Nearly every second one is preceded by whitespace, as on the wire.
 *
 * @param exchange - the request
 * @param turn - the question and its answer
 * @param options - how it is sent
 * @returns the steps
 */
export function* wholeTurn(exchange: Exchange, turn: Turn, options: ReplyOptions): Generator<Step, void, undefined> {
  const booking = bookTurn(exchange, turn, false);
  try {
    yield standardHeaders(exchange, { headers: { 'x-generation-id': turn.id, ...options.headers } });
    yield* keepWaiting(exchange, turn, options);
    booking.finish(turn.answer.finishReason, turn.answer.nativeFinishReason);
    yield { type: 'write', data: JSON.stringify(completionOf(turn)) };
    yield { type: 'end' };
  } finally {
    booking.close();
  }
}

function* keepWaiting(exchange: Exchange, turn: Turn, options: ReplyOptions): Generator<Step, void, undefined> {
  const { random, settings } = exchange;
  const waits = waitsOf(options.pace ?? settings.pace, random);
  const totalMs = waits.firstMs + waits.nextMs() * turn.tokens.completion;
  const count = options.keepAlives ?? Math.max(0, between(random, -4, 5));
  for (let index = 0; index < count; index += 1) {
    yield keepAliveWhitespace;
    yield { type: 'wait', ms: totalMs / count };
  }
  if (count === 0) yield { type: 'wait', ms: totalMs };
}
