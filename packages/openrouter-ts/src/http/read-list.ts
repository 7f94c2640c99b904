import type { JsonObject } from '../util/json.ts';
import type { Outcome } from './outcome.ts';
import type { ReadContext } from './read-context.ts';
import { readRecord } from './read-data.ts';
import { readFailure } from './read-failure.ts';
import type { TransportResponse } from './transport.ts';

/** A JSON answer whose content is a list in `data`. */
export interface ListAnswer extends JsonObject {
  readonly data: readonly unknown[];
}

/**
 * Reads a JSON answer whose content is a list in `data`. The list stays in it, since some answers say beside it where the list goes on.
 *
 * @param response - a good response
 * @param context - the attempt
 * @returns the answer as it came, settled at once
 * @throws ResponseFormatError when there is no list in `data`: an empty list would be another answer
 * @throws the same as `readJson`
 */
export function readList<Answer extends ListAnswer>(
  response: TransportResponse,
  context: ReadContext,
): Promise<Outcome<Answer>> {
  return readRecord<Answer>(response, context).then((outcome) => {
    if (Array.isArray(outcome.value.data)) return outcome;
    return readFailure(response, context, ({ unreadable }) =>
      unreadable('no-answer', 'JSON without a list in `data`', response, context),
    );
  });
}
