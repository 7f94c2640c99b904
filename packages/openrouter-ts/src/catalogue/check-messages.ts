import { isJsonObject } from '../util/json.ts';
import type { ChatMessage } from '../wire/message.ts';
import { authorOf } from './model-filter.ts';
import { type CheckedRequest, finding, type RequestFinding } from './request-finding.ts';

/** Anthropic's limit, which OpenRouter leaves to Anthropic: the reason is then hidden in a general refusal. */
const mostBreakpoints = 4;

/**
 * Finds messages that providers refuse.
 *
 * @param checked - the request and what it is held against
 * @returns what was found
 */
export function checkMessages({ request, model }: CheckedRequest): readonly RequestFinding[] {
  const { messages, prompt, tools } = request;
  const list: readonly ChatMessage[] = Array.isArray(messages) ? messages : [];
  const findings = list.flatMap(checkContent);
  if (list.length === 0 && prompt === undefined)
    findings.push(finding('refused', 'no-messages', 'messages', 'There is nothing to answer: messages is empty.'));
  const breakpoints = breakpointsIn([list, tools]) + Number(request.cache_control != null);
  if (breakpoints > mostBreakpoints && authorOf(model.id) === 'anthropic') {
    const message = `Anthropic takes at most ${mostBreakpoints} marks of cache_control in a request, and this one has ${breakpoints}.`;
    findings.push(finding('refused', 'too-many-cache-marks', 'messages', message));
  }
  return findings;
}

function checkContent(message: ChatMessage, index: number): RequestFinding[] {
  const isEmptyCall =
    message.role === 'assistant' &&
    message.content === '' &&
    message.tool_calls != null &&
    message.tool_calls.length > 0;
  if (!isEmptyCall) return [];
  const advice = 'Beside tool calls, send content: null. Some providers refuse the empty string.';
  return [finding('warning', 'empty-content', `messages.${index}.content`, advice)];
}

function breakpointsIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + breakpointsIn(item), 0);
  if (!isJsonObject(value)) return 0;
  return Number(value['cache_control'] != null) + breakpointsIn(value['content']);
}
