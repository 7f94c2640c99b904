import { isJsonObject } from '../../src/util/json.ts';
import type { JsonObject } from '../../src/util/json.ts';
import type { Pricing } from '../../src/wire/pricing.ts';
import type { Usage } from '../../src/wire/usage.ts';

/** What a recorded answer cost by its own account, and where it is from. */
export interface RecordedCost {
  readonly id: string;
  readonly source_repo: string;
  readonly source_path: string;
  readonly license: string;
  /** ISO 8601. */
  readonly recorded_at: string;
  readonly endpoint: string;
  /** The model that was asked for. */
  readonly asked: string;
  /** The model that the answer names. */
  readonly answered: string;
  readonly provider: string;
  /** The kinds of tools that the request offered. */
  readonly tools: readonly string[];
  /** In the shape of chat completions. */
  readonly usage: Usage;
}

/** As much of a model of the catalogue as is read here. */
export interface ListedModel {
  readonly id: string;
  readonly canonical_slug: string;
  readonly pricing: Pricing;
}

/** Older recordings are too far from the prices that are listed now. */
const since = '2026-03';

/**
 * Finds the recorded answers that tell what they cost.
 *
 * @param jsonLines - recordings, one a line
 * @returns the answers since March 2026 that tell a cost, in their order
 */
export function recordedCostsIn(jsonLines: string): readonly RecordedCost[] {
  const records = jsonLines
    .trim()
    .split('\n')
    .map((line) => objectOf(JSON.parse(line)));
  return records.filter((record) => String(record['recorded_at']) >= since).flatMap((record) => costIn(record) ?? []);
}

/**
 * Finds the prices of an answer.
 *
 * @param models - the catalogue
 * @param record - the answer
 * @returns the model that answered, or undefined when the catalogue has it not
 */
export function listedModel(
  models: readonly ListedModel[],
  { asked, answered }: Pick<RecordedCost, 'asked' | 'answered'>,
): ListedModel | undefined {
  return (
    models.find(({ id }) => id === answered) ??
    models.find((model) => model.canonical_slug + variantOf(model.id) === answered) ??
    models.find(({ id }) => id === asked)
  );
}

/** Variants share the slug of their model and not its prices: `:batch` costs half. */
function variantOf(id: string): string {
  return /:[a-z]+$/.exec(id)?.[0] ?? '';
}

function costIn(record: JsonObject): RecordedCost | undefined {
  const bodies = bodiesOf(objectOf(record['response']));
  const answer = (name: string): unknown => bodies.map((body) => body[name]).findLast((value) => value !== undefined);
  const usage = bodies.map((body) => body['usage']).findLast(isJsonObject);
  if (typeof usage?.['cost'] !== 'number') return undefined;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    id: text(record['id']),
    source_repo: text(record['source_repo']),
    source_path: text(record['source_path']),
    license: text(record['license']),
    recorded_at: text(record['recorded_at']),
    endpoint: text(record['endpoint']),
    asked: text(record['model']),
    answered: text(answer('model')),
    provider: text(answer('provider')),
    tools: toolsOf(objectOf(record['request'])),
    usage: asChatUsage(usage),
  };
}

function toolsOf(request: JsonObject): readonly string[] {
  const { tools } = objectOf(request['body']);
  return Array.isArray(tools) ? tools.map((tool) => String(objectOf(tool)['type'])) : [];
}

/** JSON, or the JSON of each event; what `/responses` sends is inside `response`. */
function bodiesOf(response: JsonObject): readonly JsonObject[] {
  const body = response['body_text'];
  const text = typeof body === 'string' ? body : '';
  const lines = text.split(/\r?\n/).filter((line) => line.startsWith('data:'));
  const parts = response['is_sse'] === true ? lines.map((line) => line.slice('data:'.length)) : [text];
  const bodies = parts.map((part) => parsed(part));
  return bodies.map((body) => (isJsonObject(body['response']) ? body['response'] : body));
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

function asChatUsage(usage: JsonObject): Usage {
  const details = objectOf(usage['cost_details']);
  const renamed = {
    prompt_tokens: usage['input_tokens'],
    completion_tokens: usage['output_tokens'],
    prompt_tokens_details: usage['input_tokens_details'],
    completion_tokens_details: usage['output_tokens_details'],
    cost_details: {
      ...details,
      upstream_inference_prompt_cost: details['upstream_inference_input_cost'],
      upstream_inference_completions_cost: details['upstream_inference_output_cost'],
    },
  };
  return (usage['prompt_tokens'] === undefined ? { ...usage, ...renamed } : usage) as unknown as Usage;
}
