import { askedAnswerLength, longestAnswer, longestContext } from '../cost/answer-bound.ts';
import { estimateLengths } from '../cost/estimate-lengths.ts';
import { type CheckedRequest, finding, type RequestFinding } from './request-finding.ts';

/** Some providers refuse to be limited to fewer tokens. */
const fewTokens = 16;

/**
 * Finds prompts and answers that are too long for the model.
 *
 * @param checked - the request and what it is held against
 * @returns what was found
 */
export function checkLengths(checked: CheckedRequest): readonly RequestFinding[] {
  return [...checkPrompt(checked), ...checkAnswer(checked)];
}

function checkPrompt({ request, model, endpoints, countTokens }: CheckedRequest): readonly RequestFinding[] {
  // The estimate is cut at the context; the question is what it would be without one.
  const unlimited = { ...model, context_length: null, top_provider: {} };
  const { low, likely, high } = estimateLengths(request, unlimited, [], { countTokens }).promptTokens;
  const context = longestContext(model, endpoints);
  const room = context - (askedAnswerLength(request) ?? 0);
  if (high <= room) return [];
  const told = `The prompt has about ${likely} tokens (${low} to ${high})`;
  const limit = `${model.id} has room for ${Math.max(0, room)} beside the answer`;
  const shrinks = isCompressed(request.plugins ?? [], request.transforms ?? []);
  if (low > room && !shrinks)
    return [
      finding(
        'refused',
        'prompt-too-long',
        'messages',
        `${told}, and ${limit}. Shorten it, or take a model with more context.`,
      ),
    ];
  const message = `${told}, and ${limit}.${shrinks ? ' The middle of it is left out then.' : ''}`;
  return [finding('warning', 'prompt-perhaps-too-long', 'messages', message)];
}

function isCompressed(
  plugins: readonly { readonly id: string; readonly enabled?: unknown }[],
  transforms: readonly string[],
): boolean {
  const compresses = plugins.some(({ id, enabled }) => id === 'context-compression' && enabled !== false);
  return compresses || transforms.includes('middle-out');
}

function checkAnswer({ request, model, endpoints }: CheckedRequest): readonly RequestFinding[] {
  const asked = askedAnswerLength(request);
  if (asked === undefined) return [];
  const path = request.max_tokens == null ? 'max_completion_tokens' : 'max_tokens';
  const most = longestAnswer(model, endpoints);
  const thoughts = request.reasoning?.max_tokens ?? 0;
  if (asked > most)
    return [
      finding(
        'refused',
        'answer-too-long',
        path,
        `${model.id} answers with ${most} tokens at most, and not with ${asked}.`,
      ),
    ];
  if (thoughts >= asked)
    return [
      finding(
        'refused',
        'no-room-to-answer',
        path,
        `${path} must be more than reasoning.max_tokens (${thoughts}), which is part of it.`,
      ),
    ];
  return asked < fewTokens
    ? [
        finding(
          'warning',
          'answer-very-short',
          path,
          `Some providers refuse to be limited to fewer than ${fewTokens} tokens.`,
        ),
      ]
    : [];
}
