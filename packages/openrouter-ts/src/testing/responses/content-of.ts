import type { JsonObject } from '../../util/json.ts';
import { isJsonObject } from '../../util/json.ts';
import type { GenerationContent } from '../../wire/generation-content.ts';
import type { Turn } from '../answers/turn.ts';
import type { Booked } from '../billing/booking.ts';
import type { Exchange } from '../exchange.ts';

/**
 * What an account that stores content has of a turn.
 *
 * @param exchange - the request
 * @param turn - the question and its answer
 * @param booked - how it ended
 * @returns the question as it came, and as much of the answer as was given
 */
export function contentOf({ request }: Exchange, { answer, provider }: Turn, booked: Booked): GenerationContent {
  const { completion } = booked.tokens;
  const reasoning = answer.reasoning.slice(0, completion).join('');
  const content = (answer.content ?? []).slice(0, Math.max(0, completion - answer.reasoning.length)).join('');
  return {
    input: inputOf(isJsonObject(request.json) ? request.json : {}),
    output: { completion: content === '' ? null : content, reasoning: reasoning === '' ? null : reasoning },
    error:
      booked.finishReason === 'error'
        ? { message: 'Provider returned error', status: 502, provider_name: provider, raw: null, previous_errors: [] }
        : null,
  };
}

function inputOf({ messages, prompt }: JsonObject): GenerationContent['input'] {
  return Array.isArray(messages) ? { messages } : { prompt: typeof prompt === 'string' ? prompt : '' };
}
