import { causes } from '../util/causes.ts';
import { interruptedBody } from './interrupted-body.ts';
import { lostConnection } from './lost-connection.ts';
import type { PlainLosses } from './loss-reader.ts';

/** Losses as browsers tell them, without a code to look up. */
export const plainLosses: PlainLosses = {
  suffice: (cause) => !causes(cause).some(({ code, name }) => typeof code === 'string' || name === 'HTTPParserError'),
  toConnectionError: (cause, exchange) => lostConnection(cause, exchange),
  brokenBody: (cause, _response, exchange) => interruptedBody(exchange, cause),
};
