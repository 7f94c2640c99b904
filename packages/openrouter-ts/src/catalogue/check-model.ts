import type { ReasoningEffort } from '../wire/reasoning.ts';
import { type CheckedRequest, finding, type RequestFinding } from './request-finding.ts';

/**
 * Finds models that are going or gone, and ways of thinking that a model does not have.
 *
 * @see https://openrouter.ai/docs/guides/best-practices/reasoning-tokens
 * @param checked - the request and what it is held against
 * @returns what was found
 */
export function checkModel(checked: CheckedRequest): readonly RequestFinding[] {
  return [...checkExpiry(checked), ...checkThinking(checked), ...checkChoices(checked)];
}

function checkExpiry({ model, modelPath, today }: CheckedRequest): readonly RequestFinding[] {
  const { expiration_date: end } = model;
  if (typeof end !== 'string') return [];
  const day = end.slice(0, 10);
  return day <= today
    ? [finding('refused', 'model-expired', modelPath, `${model.id} was to be gone by ${day}.`)]
    : [finding('warning', 'model-expires', modelPath, `${model.id} will be gone by ${day}.`)];
}

function checkThinking({ request, model }: CheckedRequest): readonly RequestFinding[] {
  const { reasoning, reasoning_effort: short } = request;
  const effort = short ?? reasoning?.effort;
  const findings: RequestFinding[] = [];
  if (short != null && reasoning?.effort != null && short !== reasoning.effort)
    findings.push(
      finding(
        'refused',
        'effort-conflict',
        'reasoning_effort',
        'reasoning_effort and reasoning.effort say different things.',
      ),
    );
  if (reasoning?.max_tokens != null && effort != null)
    findings.push(
      finding('refused', 'effort-conflict', 'reasoning', 'Give reasoning an effort or max_tokens, not both.'),
    );
  const path = short == null ? 'reasoning.effort' : 'reasoning_effort';
  return effort == null ? findings : [...findings, ...checkEffort(effort, path, { request, model })];
}

function checkEffort(
  effort: ReasoningEffort,
  path: string,
  { request, model }: Pick<CheckedRequest, 'request' | 'model'>,
): readonly RequestFinding[] {
  const { mandatory, supported_efforts: supported } = model.reasoning ?? {};
  const isAlias = [request.model, ...(request.models ?? [])].some((id) => id?.startsWith('~'));
  if (effort === 'none')
    return mandatory === true && !isAlias
      ? [finding('refused', 'must-think', path, `${model.id} always thinks: effort none is refused.`)]
      : [];
  return supported == null || supported.includes(effort)
    ? []
    : [
        finding(
          'warning',
          'effort-replaced',
          path,
          `${model.id} does not know the effort ${effort}; the nearest of ${supported.join(', ')} is taken.`,
        ),
      ];
}

function checkChoices({ request, model }: CheckedRequest): readonly RequestFinding[] {
  return typeof request['n'] === 'number' && request['n'] > 1
    ? [
        finding(
          'warning',
          'one-answer',
          'n',
          `Most providers give one answer whatever n says; nothing tells whether those of ${model.id} do.`,
        ),
      ]
    : [];
}
