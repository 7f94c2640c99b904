import type { Decimal } from '../../cost/decimal.ts';
import { zero } from '../../cost/decimal.ts';
import type { SimulatedModel } from '../catalogue/simulated-model.ts';
import { costOf } from './cost-of.ts';
import type { GenerationLedger } from './generation-ledger.ts';
import { noTokens } from './token-counts.ts';
import type { TokenCounts } from './token-counts.ts';

/** What is known about an answer when it begins. */
export interface BookingOptions {
  readonly ledger: GenerationLedger;
  readonly id: string;
  readonly model: SimulatedModel;
  readonly provider: string;
  readonly streamed: boolean;
  /** What the whole answer takes. */
  readonly tokens: TokenCounts;
  /** What the whole answer costs. */
  readonly cost: Decimal;
  /** The wall clock, in milliseconds since 1970. */
  readonly epochMs: () => number;
  /** Told once, when the answer is booked. */
  readonly onBooked?: ((booked: Booked) => void) | undefined;
}

/** How an answer ended. */
export interface Booked {
  /** Null when it did not come to an end; `error` when it failed on the way. */
  readonly finishReason: string | null;
  /** What is billed. */
  readonly tokens: TokenCounts;
  /** What it costs, in USD. */
  readonly cost: Decimal;
  /** When, in milliseconds since 1970. */
  readonly atMs: number;
}

/** The bill of an answer that is on its way. */
export interface Booking {
  /** So many tokens of the answer are out. */
  readonly produced: (completionTokens: number) => void;
  /** The answer is complete. */
  readonly finish: (finishReason: string | null, nativeFinishReason: string | null) => void;
  /** The answer broke off through the provider's fault: nothing is billed. */
  readonly fail: () => void;
  /** Nothing more comes. An answer that was neither finished nor failed counts as cancelled. */
  readonly close: () => void;
}

/**
 * Follows one answer and books it once, when it is over. A cancelled stream costs what had been said so far if the provider stops for
 * it, and everything otherwise.
 *
 * @see https://openrouter.ai/docs/api-reference/streaming
 * @param options - what is known when the answer begins
 * @returns the booking, to be told how the answer goes on
 */
export function openBooking(options: BookingOptions): Booking {
  const { ledger, model, tokens } = options;
  const createdMs = options.epochMs();
  let completionTokens = 0;
  let open = true;
  const book = (end: BookedEnd): void => {
    if (!open) return;
    open = false;
    const { cost, ...rest } = end;
    const { id, provider, streamed } = options;
    const atMs = options.epochMs();
    const durationMs = atMs - createdMs;
    ledger.add({ id, model: model.id, provider, streamed, createdMs, durationMs, ...rest }, cost);
    options.onBooked?.({ finishReason: end.finishReason, tokens: end.tokens, cost, atMs });
  };
  const noReasons = { finishReason: null, nativeFinishReason: null };
  return {
    produced: (count) => {
      completionTokens = count;
    },
    finish: (finishReason, nativeFinishReason) => {
      book({ cancelled: false, finishReason, nativeFinishReason, tokens, cost: options.cost });
    },
    fail: () => {
      book({ ...noReasons, cancelled: false, finishReason: 'error', tokens: noTokens, cost: zero });
    },
    close: () => {
      const stops = options.streamed && model.stopsWhenCancelled !== false;
      const said = {
        ...tokens,
        completion: completionTokens,
        reasoning: Math.min(tokens.reasoning, completionTokens),
        image: 0,
      };
      const bill = stops ? { tokens: said, cost: costOf(said, model.pricing).total } : { tokens, cost: options.cost };
      book({ ...noReasons, cancelled: true, ...bill });
    },
  };
}

interface BookedEnd {
  readonly cancelled: boolean;
  readonly finishReason: string | null;
  readonly nativeFinishReason: string | null;
  readonly tokens: TokenCounts;
  readonly cost: Decimal;
}
