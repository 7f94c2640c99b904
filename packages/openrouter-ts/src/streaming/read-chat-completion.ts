import type { Outcome, ResponseWarning } from '../http/outcome.ts';
import type { ReadContext } from '../http/read-context.ts';
import { readFailure } from '../http/read-failure.ts';
import { readJson } from '../http/read-json.ts';
import type { TransportResponse } from '../http/transport.ts';
import { isJsonObject } from '../util/json.ts';
import type { ChatCompletion } from '../wire/chat-completion.ts';
import { hasOutput } from './first-output.ts';
import { choicesOf, hasFailed } from './choices.ts';

/**
 * Reads an answer that was not streamed, and raises the failure of a provider that died in the middle of it.
 *
 * @param response - a good response
 * @param context - the attempt
 * @returns the answer as it came, settled at once; `empty` is among the warnings when no choice holds output or says why it stopped
 * @throws StreamProviderError when a choice failed; the answer so far is in `partial`
 * @throws the same as `readJson`
 */
export function readChatCompletion(
  response: TransportResponse,
  context: ReadContext,
): Promise<Outcome<ChatCompletion>> {
  return readJson<ChatCompletion>(response, context).then((completion) => toOutcome(completion, response, context));
}

function toOutcome(
  completion: ChatCompletion,
  response: TransportResponse,
  context: ReadContext,
): Outcome<ChatCompletion> | Promise<never> {
  const generationId = context.generationId ?? (typeof completion.id === 'string' ? completion.id : undefined);
  const choices = choicesOf(completion);
  for (const choice of choices) {
    if (isJsonObject(choice) && hasFailed(choice))
      return readFailure(response, context, ({ failedChoice }) => failedChoice(choice, completion, generationId));
  }
  const warnings: readonly ResponseWarning[] = choices.some(hasOutput) ? [] : ['empty'];
  const { status, headers } = response;
  const { usage, model, provider } = completion;
  const settlement = { usage: usage ?? undefined, model, provider, generationId };
  return {
    value: completion,
    response: { status, headers, generationId, attempts: context.request.attempts, warnings },
    settled: Promise.resolve(settlement),
    settlement,
  };
}
