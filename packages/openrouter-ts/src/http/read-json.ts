import { isOpenRouterError } from '../errors/open-router-error.ts';
import { isJsonObject, type JsonObject } from '../util/json.ts';
import { readBody } from './read-body.ts';
import type { ReadContext } from './read-context.ts';
import { readFailure, readLoss } from './read-failure.ts';
import type { TransportResponse } from './transport.ts';

/**
 * Reads a JSON answer, and finds the failure in one that only looks like a success: an empty body, a web page, broken JSON,
 * or an error that came after the status had already been sent.
 *
 * @param response - a response with a status of 2xx
 * @param context - the attempt
 * @returns the answer as it came; its type is what the API documents, and only the members that the library itself reads are checked
 * @throws ApiError when the body holds an `error` and no answer
 * @throws ResponseFormatError when the body is not a JSON object
 * @throws StreamInterruptedError when the connection broke in the middle of the body
 */
export function readJson<Answer extends JsonObject>(
  response: TransportResponse,
  context: ReadContext,
): Promise<Answer> {
  return readBody(response, context).then(
    (text) => toAnswer<Answer>(text, response, context),
    (cause: unknown) => failWithoutBody(cause, response, context),
  );
}

function toAnswer<Answer extends JsonObject>(
  text: string,
  response: TransportResponse,
  context: ReadContext,
): Answer | Promise<never> {
  try {
    const value: unknown = JSON.parse(text);
    if (isAnswer<Answer>(value) && !isError(value)) return value;
  } catch {
    // What it is instead is found out below.
  }
  return readFailure(response, context, ({ notAnAnswer }) => notAnAnswer(text, response, context));
}

/** No more is checked than that members can be read: an answer with a new field, or without an old one, is still an answer. */
function isAnswer<Answer extends JsonObject>(value: unknown): value is Answer {
  return isJsonObject(value);
}

/** An `error` beside usable choices is an old habit of some providers' answers; the choices are then what counts. */
function isError({ error, choices }: JsonObject): boolean {
  return Boolean(error) && !(Array.isArray(choices) && choices.length > 0);
}

/** The call's own end, whoever brought it about, goes before what it looked like on the connection. */
async function failWithoutBody(cause: unknown, response: TransportResponse, context: ReadContext): Promise<never> {
  const { scope } = context;
  const failure =
    scope.aborted || isOpenRouterError(cause)
      ? cause
      : await readLoss(cause, context, ({ brokenBody }) => brokenBody(cause, response, context), response.status);
  scope.throwIfAborted();
  throw failure;
}
