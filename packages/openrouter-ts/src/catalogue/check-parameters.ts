import type { ChatRequest } from '../wire/chat-request.ts';
import type { ToolChoiceSupport } from '../wire/endpoint.ts';
import { type CheckedRequest, finding, type RequestFinding } from './request-finding.ts';

/**
 * Parameters that listings tell of. Those are left out that next to no listing names although they work: `max_tokens` in its two spellings, and
 * `parallel_tool_calls`.
 */
const listedParameters = [
  'temperature',
  'top_p',
  'top_k',
  'min_p',
  'top_a',
  'frequency_penalty',
  'presence_penalty',
  'repetition_penalty',
  'logit_bias',
  'logprobs',
  'top_logprobs',
  'prediction',
  'seed',
  'stop',
  'web_search_options',
  'verbosity',
] as const;

/** Something that a request asks for, and the names under which listings tell that it works. */
interface Wish {
  readonly path: string;
  readonly anyOf: readonly string[];
}

/**
 * Finds parameters that the model does not know. By default the API leaves them out without a word; with `require_parameters` it refuses.
 *
 * @see https://openrouter.ai/docs/api-reference/parameters
 * @param checked - the request and what it is held against
 * @returns what was found
 */
export function checkParameters(checked: CheckedRequest): readonly RequestFinding[] {
  const { request } = checked;
  const findings = wishesOf(request).flatMap((wish) => checkWish(wish, checked));
  if ((request.tools?.length ?? 0) === 0) return findings;
  return [...findings, ...checkTools(checked)];
}

/**
 * Collects what a request asks for that not every provider knows.
 *
 * @param request - the request
 * @returns the names under which listings tell of it, one list for each wish
 */
export function wishesOf(request: ChatRequest): readonly Wish[] {
  const { response_format: format, reasoning, reasoning_effort: effort, include_reasoning: included } = request;
  const wishes: Wish[] = listedParameters
    .filter((name) => request[name] != null && request[name] !== false)
    .map((name) => ({ path: name, anyOf: [name] }));
  if (format?.type === 'json_schema') wishes.push({ path: 'response_format', anyOf: ['structured_outputs'] });
  else if (format !== undefined && format.type !== 'text')
    wishes.push({ path: 'response_format', anyOf: ['response_format', 'structured_outputs'] });
  const thinking = ['reasoning', 'reasoning_effort', 'include_reasoning'];
  if (reasoning != null) wishes.push({ path: 'reasoning', anyOf: thinking });
  else if (effort != null) wishes.push({ path: 'reasoning_effort', anyOf: thinking });
  else if (included === true) wishes.push({ path: 'include_reasoning', anyOf: thinking });
  return wishes;
}

function checkWish({ path, anyOf }: Wish, { request, model, endpoints }: CheckedRequest): readonly RequestFinding[] {
  const isKnown = (parameters: readonly string[]): boolean => anyOf.some((name) => parameters.includes(name));
  const offers = endpoints.length > 0 ? endpoints : [model];
  const knowing = offers.filter(({ supported_parameters: parameters }) => isKnown(parameters)).length;
  const isRequired = request.provider?.require_parameters === true;
  if (knowing === offers.length) return [];
  if (knowing > 0) {
    if (isRequired) return [];
    const message = `${knowing} of ${offers.length} endpoints of ${model.id} know ${path}; the others leave it out. provider.require_parameters keeps to those that know it.`;
    return [finding('warning', 'parameter-sometimes-dropped', path, message)];
  }
  return isRequired
    ? [
        finding(
          'refused',
          'parameter-unsupported',
          path,
          `No endpoint of ${model.id} knows ${path}, and provider.require_parameters asks for one.`,
        ),
      ]
    : [
        finding(
          'dropped',
          'parameter-unsupported',
          path,
          `${model.id} does not know ${path}: it is left out without a word.`,
        ),
      ];
}

function checkTools({ request, model, endpoints }: CheckedRequest): readonly RequestFinding[] {
  const offers = endpoints.length > 0 ? endpoints : [model];
  const able = offers.filter(({ supported_parameters: parameters }) => parameters.includes('tools'));
  if (able.length === 0)
    return [
      finding(
        'refused',
        'tools-unsupported',
        'tools',
        `${model.id} cannot use tools. models.find({ tools: true }) finds models that can.`,
      ),
    ];
  const { tool_choice: choice } = request;
  if (choice === undefined || choice === 'auto') return [];
  const kind = typeof choice === 'string' ? choice : 'function';
  const willing = endpoints.filter(({ supports_tool_choice: support }) => allows(support, kind));
  const isKnown = able.some(({ supported_parameters: parameters }) => parameters.includes('tool_choice'));
  return isKnown && (endpoints.length === 0 || willing.length > 0)
    ? []
    : [
        finding(
          'refused',
          'tool-choice-unsupported',
          'tool_choice',
          `No endpoint of ${model.id} takes tool_choice ${kind}. Leave it out, and check whether the answer calls a tool.`,
        ),
      ];
}

/** What is not told may work. */
function allows(support: ToolChoiceSupport | undefined, kind: string): boolean {
  return support?.[kind] !== false;
}
