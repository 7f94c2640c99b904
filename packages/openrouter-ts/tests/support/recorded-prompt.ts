import { isJsonObject, type JsonObject } from '../../src/util/json.ts';
import type { ChatRequest } from '../../src/wire/chat-request.ts';
import type { Usage } from '../../src/wire/usage.ts';

/** A recorded request with the tokens that its prompt turned out to have. */
export interface RecordedPrompt {
  readonly id: string;
  readonly source_repo: string;
  readonly source_path: string;
  readonly license: string;
  /** The model that was asked for. */
  readonly model: string;
  readonly request: ChatRequest;
  readonly usage: Usage;
}

/**
 * Finds the recorded chat requests whose answers tell how many tokens the prompt had, and whose prompt was nobody else's: where OpenRouter's own tools
 * or searches put something into it, the count is not that of the request.
 *
 * @param jsonLines - recordings, one a line
 * @returns the requests of text only, with and without tools, in their order
 */
export function recordedPromptsIn(jsonLines: string): readonly RecordedPrompt[] {
  return jsonLines
    .trim()
    .split('\n')
    .flatMap((line) => promptIn(JSON.parse(line)) ?? []);
}

function promptIn(record: JsonObject): RecordedPrompt | undefined {
  const { body: request } = objectOf(record['request']);
  if (record['endpoint'] !== '/v1/chat/completions' || !isTextRequest(request)) return undefined;
  const usage = usageIn(objectOf(record['response']));
  if (usage === undefined) return undefined;
  const text = (name: string): string => {
    const value = record[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    id: text('id'),
    source_repo: text('source_repo'),
    source_path: text('source_path'),
    license: text('license'),
    model: request.model ?? '',
    request,
    usage,
  };
}

function isTextRequest(body: unknown): body is ChatRequest {
  if (!isJsonObject(body) || !Array.isArray(body['messages'])) return false;
  const { tools, plugins, web_search_options: search, messages } = body;
  const kinds = (list: unknown, key: string): readonly unknown[] =>
    Array.isArray(list) ? list.map((item) => objectOf(item)[key]) : [];
  const parts = messages.flatMap((message) => objectOf(message)['content'] ?? []);
  return (
    kinds(tools, 'type').every((type) => type === 'function') &&
    !kinds(plugins, 'id').includes('web') &&
    search === undefined &&
    parts.every((part) => typeof part === 'string' || objectOf(part)['type'] === 'text')
  );
}

function usageIn(response: JsonObject): Usage | undefined {
  const { body_text: body } = response;
  const text = typeof body === 'string' ? body : '';
  const lines = text.split(/\r?\n/).filter((line) => line.startsWith('data:'));
  const bodies = response['is_sse'] === true ? lines.map((line) => line.slice('data:'.length)) : [text];
  const usage = bodies.map((body) => parsed(body)['usage']).findLast(isJsonObject);
  return Number(usage?.['prompt_tokens']) > 0 ? (usage as unknown as Usage) : undefined;
}

function parsed(text: string): JsonObject {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
