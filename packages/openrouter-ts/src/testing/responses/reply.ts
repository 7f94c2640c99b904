import { readChatRequest } from '../answers/read-chat-request.ts';
import { takeTurn } from '../answers/turn.ts';
import type { SimulatedResponse } from '../exchange.ts';
import type { ReplyOptions } from '../answers/reply-options.ts';
import { streamTurn } from './stream-turn.ts';
import { wholeTurn } from './whole-turn.ts';

/**
 * Answers a chat request: in chunks if it asked for a stream, as one JSON body otherwise. The answer is billed.
 *
 * @param answer - the text, or all that there is to say; default: a few sentences that say that they are simulated
 * @returns the response
 */
export function reply(answer: string | ReplyOptions = {}): SimulatedResponse {
  const options = typeof answer === 'string' ? { content: answer } : answer;
  return (exchange) => {
    const turn = takeTurn(exchange, options);
    return readChatRequest(exchange.request.json).streams
      ? streamTurn(exchange, turn, options)
      : wholeTurn(exchange, turn, options);
  };
}
