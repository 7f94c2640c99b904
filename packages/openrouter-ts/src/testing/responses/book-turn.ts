import type { Turn } from '../answers/turn.ts';
import { openBooking } from '../billing/booking.ts';
import type { Booking } from '../billing/booking.ts';
import type { Exchange } from '../exchange.ts';

/**
 * Opens the bill of a turn.
 *
 * @param exchange - the request
 * @param turn - the question and its answer
 * @param streamed - whether the answer is streamed
 * @returns the booking
 */
export function bookTurn(exchange: Exchange, turn: Turn, streamed: boolean): Booking {
  const { id, model, provider, tokens, cost } = turn;
  const { epochMs } = exchange.clock;
  return openBooking({ ledger: exchange.ledger, id, model, provider, streamed, tokens, cost, epochMs });
}
