import { ConfigError } from '../errors/config-error.ts';
import { queryText } from '../http/query-text.ts';
import { readData } from '../http/read-data.ts';
import type { Call } from '../pipeline/call.ts';
import { checkPositive } from '../pipeline/check-positive.ts';
import type { Operation, RequestOptions } from '../pipeline/operation.ts';
import { pendingCall, type PendingCall } from '../pipeline/pending-call.ts';
import type { Clock } from '../util/clock.ts';
import type { JsonObject } from '../util/json.ts';
import type { GenerationContent } from '../wire/generation-content.ts';
import type { Generation } from '../wire/generation.ts';
import { waitForRecord } from './wait-for-record.ts';

/** What a caller may say about one look at a generation. */
export interface GenerationOptions extends RequestOptions {
  /**
   * For how long the API is asked again while it does not know the generation yet, in milliseconds: records appear some seconds after their
   * answers. The first pause is half a second, each is twice the one before, and none is longer than ten seconds; `timeoutMs` bounds each
   * ask, and this all of the pauses. Default 0: it is asked once.
   */
  readonly waitMs?: number | undefined;
}

/** What became of requests, and what they cost. */
export interface Generations {
  /**
   * Asks what became of one request, and what it cost (`GET /generation`). It also knows of answers that were cut off or given up.
   *
   * @param id - the `id` of the answer, the `generationId` of its details or of an error
   * @param options - how long to wait for the record, signal, time limit and headers for this call
   * @returns the API's own JSON, taken out of its `data`
   * @throws ConfigError before anything is sent, when there is no id
   * @throws NotFoundError when the record is not there, or not yet
   * @throws the same errors as every call
   * @see https://openrouter.ai/docs/api-reference/generations/get-generation
   */
  get(id: string, options?: GenerationOptions): PendingCall<Generation>;

  /**
   * Asks what was said in one request (`GET /generation/content`).
   *
   * @param id - the `id` of the answer, the `generationId` of its details or of an error
   * @param options - how long to wait for the record, signal, time limit and headers for this call
   * @returns the API's own JSON, taken out of its `data`
   * @throws ConfigError before anything is sent, when there is no id
   * @throws NotFoundError when the account does not store what is said, or the record is not there yet
   * @throws the same errors as every call
   * @see https://openrouter.ai/docs/api-reference/generations/get-generation-content
   */
  content(id: string, options?: GenerationOptions): PendingCall<GenerationContent>;
}

/**
 * Makes the endpoints about past requests.
 *
 * @param call - the function through which every call goes
 * @param clock - counts the pauses of those who wait for a record
 * @returns the endpoints
 */
export function generations(call: Call, clock: Clock): Generations {
  function look<Data extends JsonObject>(
    path: string,
    id: string,
    { waitMs, ...options }: GenerationOptions = {},
  ): PendingCall<Data> {
    const operation: Operation<Data> = {
      method: 'GET',
      path,
      query: queryText({ id }),
      check: () => {
        check(id, waitMs);
      },
      read: readData<Data>,
    };
    if (waitMs === undefined || waitMs === 0) return call(operation, options);
    return pendingCall(waitForRecord(() => call(operation, options), { waitMs, clock, signal: options.signal }));
  }
  return {
    get: (id, options) => look<Generation>('/generation', id, options),
    content: (id, options) => look<GenerationContent>('/generation/content', id, options),
  };
}

function check(id: string, waitMs: number | undefined): void {
  if (typeof id !== 'string' || id === '')
    throw new ConfigError('A generation is looked up by its id, such as gen-1766949113-tYDXDgKsuviV0tQEUcsM.');
  if (waitMs !== 0) checkPositive('waitMs', waitMs);
}
