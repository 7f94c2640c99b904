import { chunksOf, finishChunkOf, usageChunkOf } from '../answers/chunks-of.ts';
import type { Turn } from '../answers/turn.ts';
import type { Exchange } from '../exchange.ts';
import { waitsOf } from '../pace.ts';
import type { Waits } from '../pace.ts';
import type { Random } from '../seeded-random.ts';
import { between } from '../seeded-random.ts';
import type { UsageChunk } from '../simulator-options.ts';
import type { Step } from '../step.ts';
import { bookTurn } from './book-turn.ts';
import type { ReplyOptions } from '../answers/reply-options.ts';
import { dataEvent, doneEvent, processingComment } from './sse.ts';
import { standardHeaders } from './standard-headers.ts';

/** Options of a stream that may break off. */
export interface StreamTurnOptions extends ReplyOptions {
  /** Comes in place of the finish: the provider fails. */
  readonly failure?: ((turn: Turn) => Iterable<Step>) | undefined;
}

/**
 * Sends an answer in chunks.
 *
 * @param exchange - the request
 * @param turn - the question and its answer
 * @param options - how it is sent
 * @returns the steps
 */
export function* streamTurn(
  exchange: Exchange,
  turn: Turn,
  options: StreamTurnOptions,
): Generator<Step, void, undefined> {
  const booking = bookTurn(exchange, turn, true);
  try {
    const waits = waitsOf(options.pace ?? exchange.settings.pace, exchange.random);
    yield* openStream(exchange, turn, options, waits);
    let produced = 0;
    for (const { chunk, tokens } of chunksOf(turn)) {
      produced += tokens;
      booking.produced(produced);
      yield dataEvent(chunk);
      yield { type: 'wait', ms: waits.nextMs() };
    }
    if (options.failure !== undefined) {
      booking.fail();
      yield* options.failure(turn);
      return;
    }
    booking.finish(turn.answer.finishReason, turn.answer.nativeFinishReason);
    yield* closeStream(
      turn,
      options,
      options.usageChunk ?? exchange.settings.usageChunk ?? recordedShape(exchange.random),
    );
    yield { type: 'end' };
  } finally {
    booking.close();
  }
}

function* openStream(
  exchange: Exchange,
  turn: Turn,
  options: ReplyOptions,
  waits: Waits,
): Generator<Step, void, undefined> {
  yield standardHeaders(exchange, {
    contentType: 'text/event-stream',
    headers: { 'cache-control': 'no-cache', 'x-generation-id': turn.id, ...options.headers },
  });
  const count = options.keepAlives ?? between(exchange.random, 0, 3);
  for (let index = 0; index < count; index += 1) {
    yield processingComment;
    yield { type: 'wait', ms: waits.firstMs / count };
  }
  if (count === 0) yield { type: 'wait', ms: waits.firstMs };
}

function* closeStream(turn: Turn, options: ReplyOptions, shape: UsageChunk): Generator<Step, void, undefined> {
  const told = turn.usage !== undefined && shape !== 'none';
  if (!told || shape !== 'onFinish') yield dataEvent(finishChunkOf(turn));
  if (told) yield dataEvent(usageChunkOf(turn, shape));
  if (options.done !== false) yield doneEvent;
}

/** Of 21 recorded streams 16 repeated the finish with the usage, 4 had it null again, and 1 had no choice beside it. */
function recordedShape(random: Random): UsageChunk {
  const draw = between(random, 1, 21);
  if (draw <= 16) return 'repeatsFinish';
  return draw <= 20 ? 'nullFinish' : 'noChoices';
}
