import type { Turn } from '../answers/turn.ts';
import { openBooking } from '../billing/booking.ts';
import type { Booked, Booking } from '../billing/booking.ts';
import { isFreeModel } from '../../resilience/is-free-model.ts';
import { bearerKey } from '../endpoints/bearer-key.ts';
import type { Exchange } from '../exchange.ts';
import { contentOf } from './content-of.ts';

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
  const { ledger, account, settings, request } = exchange;
  const { epochMs } = exchange.clock;
  if (isFreeModel(model.id)) account.free.count(epochMs());
  const onBooked = (booked: Booked): void => {
    account.charge(bearerKey(request) ?? '', booked.cost, booked.atMs);
    if (settings.storesContent) ledger.store(id, contentOf(exchange, turn, booked));
  };
  return openBooking({ ledger, id, model, provider, streamed, tokens, cost, epochMs, onBooked });
}
