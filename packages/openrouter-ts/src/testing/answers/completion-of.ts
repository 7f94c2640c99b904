import type { AssistantMessage, ChatCompletion } from '../../wire/chat-completion.ts';
import type { Answer } from './answer.ts';
import { wholeThought } from './reasoning-details.ts';
import type { Turn } from './turn.ts';

/**
 * A whole answer as the API writes it, with every field that today's answers have and in their order.
 *
 * @param turn - the question and its answer
 * @returns the body of the response
 */
export function completionOf(turn: Turn): ChatCompletion {
  const { answer, model } = turn;
  return {
    id: turn.id,
    object: 'chat.completion',
    created: turn.created,
    model: model.id,
    provider: turn.provider,
    system_fingerprint: model.systemFingerprint ?? null,
    service_tier: model.serviceTier ?? null,
    choices: [
      {
        index: 0,
        logprobs: null,
        finish_reason: answer.finishReason,
        native_finish_reason: answer.nativeFinishReason,
        message: messageOf(turn),
      },
    ],
    ...(turn.usage === undefined ? {} : { usage: turn.usage }),
  };
}

function messageOf({ answer, model }: Turn): AssistantMessage {
  const reasoning = answer.reasoning.join('');
  return {
    role: 'assistant',
    content: answer.content === null ? null : answer.content.join(''),
    refusal: answer.refusal.length === 0 ? null : answer.refusal.join(''),
    reasoning: reasoning === '' ? null : reasoning,
    ...(answer.toolCalls.length === 0 ? {} : { tool_calls: toolCallsOf(answer) }),
    ...(reasoning === '' ? {} : { reasoning_details: wholeThought(reasoning, model.reasoning?.format ?? 'unknown') }),
    ...(answer.images.length === 0
      ? {}
      : { images: answer.images.map((url) => ({ type: 'image_url', image_url: { url } })) }),
    ...(answer.annotations.length === 0 ? {} : { annotations: answer.annotations }),
  };
}

function toolCallsOf(answer: Answer): AssistantMessage['tool_calls'] {
  return answer.toolCalls.map(({ id, name, arguments: text }, index) => ({
    type: 'function',
    index,
    id,
    function: { name, arguments: text },
  }));
}
