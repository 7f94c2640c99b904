import { isJsonObject } from '../../util/json.ts';
import type { JsonObject } from '../../util/json.ts';

/** A function that the request offers. */
export interface OfferedTool {
  readonly name: string;
  /** The JSON Schema of its arguments. */
  readonly parameters: unknown;
}

/** What the simulator looks at in a chat request. */
export interface ChatRequestFacts {
  /** The ids that were asked for, in the order in which they may answer. */
  readonly modelIds: readonly string[];
  readonly streams: boolean;
  /** False when there is neither a message nor a prompt. */
  readonly hasInput: boolean;
  /** The text of the last message of the user. */
  readonly question: string;
  /** What a tool gave back since the user spoke last; undefined when none did. */
  readonly toolResult: string | undefined;
  readonly promptTokens: number;
  readonly maxTokens: number;
  readonly wantsReasoning: boolean;
  readonly excludesReasoning: boolean;
  readonly modalities: readonly string[];
  readonly tools: readonly OfferedTool[];
  /** The name of the tool that must be called, `required` for any of them, `none`, or `auto`. */
  readonly toolChoice: { readonly type: 'auto' | 'none' | 'required' | 'function'; readonly name?: string };
  /** The JSON Schema that the answer must follow; undefined when it may be any text. */
  readonly schema: unknown;
}

/** About four characters make a token. */
const charactersPerToken = 4;
/** What a message, and an attachment, count for beyond their text. */
const tokensPerMessage = 4;
const tokensPerAttachment = 258;

/**
 * Reads from a chat request what the answer depends on. It takes any JSON.
 *
 * @param body - the request's body
 * @returns the facts; nothing that is missing or malformed makes it fail
 */
export function readChatRequest(body: unknown): ChatRequestFacts {
  const request = isJsonObject(body) ? body : {};
  const messages = objects(request['messages']);
  const reasoning = isJsonObject(request['reasoning']) ? request['reasoning'] : undefined;
  const lastQuestion = messages.map((message) => message['role']).lastIndexOf('user');
  const question = messages[lastQuestion];
  return {
    modelIds: [request['model'], ...list(request['models'])].filter(isText),
    streams: request['stream'] === true,
    hasInput: messages.length > 0 || isText(request['prompt']),
    question: question === undefined ? textOf(request['prompt']) : textOf(question['content']),
    toolResult: toolResult(messages.slice(lastQuestion + 1)),
    promptTokens: countPrompt(messages, request),
    maxTokens: firstNumber(request['max_completion_tokens'], request['max_tokens']) ?? Number.POSITIVE_INFINITY,
    wantsReasoning: wantsReasoning(request, reasoning),
    excludesReasoning: reasoning?.['exclude'] === true || request['include_reasoning'] === false,
    modalities: list(request['modalities']).filter(isText),
    tools: objects(request['tools']).flatMap(offeredTool),
    toolChoice: toolChoice(request['tool_choice']),
    schema: schemaOf(request['response_format']),
  };
}

function wantsReasoning(request: JsonObject, reasoning: JsonObject | undefined): boolean {
  if (reasoning !== undefined) return reasoning['effort'] !== 'none' && reasoning['enabled'] !== false;
  return request['include_reasoning'] === true || isText(request['reasoning_effort']);
}

function toolResult(messages: readonly JsonObject[]): string | undefined {
  const results = messages.filter((message) => message['role'] === 'tool');
  return results.length === 0 ? undefined : results.map((message) => textOf(message['content'])).join('\n');
}

function countPrompt(messages: readonly JsonObject[], request: JsonObject): number {
  let characters = textOf(request['prompt']).length;
  let tokens = 0;
  for (const message of messages) {
    characters += textOf(message['content']).length;
    tokens +=
      tokensPerMessage +
      tokensPerAttachment * objects(message['content']).filter((part) => !isText(part['text'])).length;
  }
  if (request['tools'] !== undefined) characters += JSON.stringify(request['tools']).length;
  return tokens + Math.ceil(characters / charactersPerToken);
}

function offeredTool(tool: JsonObject): readonly OfferedTool[] {
  const offered = tool['function'];
  if (!isJsonObject(offered) || !isText(offered['name'])) return [];
  return [{ name: offered['name'], parameters: offered['parameters'] }];
}

function toolChoice(choice: unknown): ChatRequestFacts['toolChoice'] {
  if (choice === 'none' || choice === 'required') return { type: choice };
  const named = isJsonObject(choice) && isJsonObject(choice['function']) ? choice['function']['name'] : undefined;
  return isText(named) ? { type: 'function', name: named } : { type: 'auto' };
}

function schemaOf(format: unknown): unknown {
  if (!isJsonObject(format)) return undefined;
  if (format['type'] === 'json_object') return { type: 'object' };
  return isJsonObject(format['json_schema']) ? format['json_schema']['schema'] : undefined;
}

/** The text of a message's content, be it a string or a list of parts. */
function textOf(content: unknown): string {
  if (isText(content)) return content;
  return objects(content)
    .map((part) => part['text'])
    .filter(isText)
    .join('\n');
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function objects(value: unknown): readonly JsonObject[] {
  return list(value).filter(isJsonObject);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function firstNumber(...values: readonly unknown[]): number | undefined {
  return values.find((value) => typeof value === 'number');
}
