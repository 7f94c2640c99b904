import { isJsonObject, type JsonObject } from '../util/json.ts';
import type { Outcome } from './outcome.ts';
import type { ReadContext } from './read-context.ts';
import { readFailure } from './read-failure.ts';
import { readJson } from './read-json.ts';
import type { TransportResponse } from './transport.ts';

/**
 * Reads a JSON answer that costs nothing: one about models, keys or money.
 *
 * @param response - a good response
 * @param context - the attempt
 * @returns the answer as it came, settled at once
 * @throws the same as `readJson`
 */
export function readRecord<Answer extends JsonObject>(
  response: TransportResponse,
  context: ReadContext,
): Promise<Outcome<Answer>> {
  return readJson<Answer>(response, context).then((answer) => settled(answer, response, context));
}

/**
 * Reads a JSON answer whose whole content is one object in `data`, and takes it out.
 *
 * @param response - a good response
 * @param context - the attempt
 * @returns what is in `data` as it came, settled at once
 * @throws ResponseFormatError when there is no object in `data`
 * @throws the same as `readJson`
 */
export function readData<Data extends JsonObject>(
  response: TransportResponse,
  context: ReadContext,
): Promise<Outcome<Data>> {
  return readJson(response, context).then(({ data }) => {
    if (isData<Data>(data)) return settled(data, response, context);
    return readFailure(response, context, ({ unreadable }) =>
      unreadable('no-answer', 'JSON without an object in `data`', response, context),
    );
  });
}

/** As with every answer, only what the library itself reads is checked. */
function isData<Data extends JsonObject>(value: unknown): value is Data {
  return isJsonObject(value);
}

function settled<Value>(
  value: Value,
  { status, headers }: TransportResponse,
  { request, generationId }: ReadContext,
): Outcome<Value> {
  const { attempts } = request;
  return {
    value,
    response: { status, headers, generationId, attempts, warnings: [] },
    settled: Promise.resolve({ generationId }),
  };
}
