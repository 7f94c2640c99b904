import type { ChatRequest } from '../wire/chat-request.ts';
import type { Usage } from '../wire/usage.ts';
import { familyOf } from './model-family.ts';
import { type CountTokens, estimateTokens } from './token-estimate.ts';

/** How often, and with what result, estimates of one kind were compared with the truth. */
export interface Correction {
  /** What an estimate is to be multiplied with. */
  readonly factor: number;
  /** How many answers of like size it rests on; 0 when there are too few, and then the factor is 1. */
  readonly answers: number;
}

/** How long answers were. */
export interface AnswerLengths {
  /** The length that a tenth of the answers did not reach. */
  readonly low: number;
  /** The length in the middle. */
  readonly median: number;
  /** How many answers that rests on. */
  readonly answers: number;
}

interface Noted {
  readonly request: ChatRequest;
  readonly usage: Usage;
  readonly model: string;
}

interface Comparison {
  readonly estimated: number;
  readonly ratio: number;
}

/** So many answers wait to be looked at until somebody asks. Their requests are kept as long. */
const mostWaiting = 16;

/** So many are remembered for a model, and for a family. */
const mostRemembered = 48;

/** One or two odd answers are no evidence. */
const fewest = 3;

/** What is further off says something of that answer, and nothing of estimates. */
const mostOff = 4;

/** Prompts of another size are off for other reasons. */
const likeSize = 4;

/**
 * Learns from the answers of a session how long prompts really are, and how long answers get. It looks at medians of what came last, so that no
 * single answer moves an estimate.
 */
export class UsageLearner {
  readonly #countTokens: CountTokens | undefined;
  readonly #comparisons = new Map<string, Comparison[]>();
  readonly #lengths = new Map<string, number[]>();
  #waiting: Noted[] = [];

  /** @param countTokens - counts the tokens of a text, if the caller knows how */
  constructor(countTokens?: CountTokens) {
    this.#countTokens = countTokens;
  }

  /**
   * Notes an answer. It is looked at when an estimate is asked for, so that the call does not wait for it.
   *
   * @param request - what was sent
   * @param usage - what the answer said of its tokens
   * @param model - the model, by the id that was asked for
   */
  learn(request: ChatRequest, usage: Usage, model: string): void {
    this.#waiting.push({ request, usage, model: plainId(model) });
    if (this.#waiting.length > mostWaiting) this.#waiting.shift();
  }

  /**
   * Says by what estimates of prompts turned out to be off: those of the model if there were enough, otherwise those of its family.
   *
   * @param modelId - the model
   * @param estimated - the estimate that is to be corrected; only answers of like size count
   * @returns the correction
   */
  correction(modelId: string, estimated: number): Correction {
    this.#lookAtWaiting();
    for (const name of [plainId(modelId), familyKey(modelId)]) {
      const ratios = (this.#comparisons.get(name) ?? [])
        .filter((past) => isWithin(past.estimated / estimated, likeSize))
        .map(({ ratio }) => ratio);
      if (ratios.length >= fewest) return { factor: quantile(ratios, 0.5), answers: ratios.length };
    }
    return { factor: 1, answers: 0 };
  }

  /**
   * Says how long answers of a model were, or of all models if there were too few of its own.
   *
   * @param modelId - the model
   * @returns undefined when there were too few in all
   */
  answerLengths(modelId: string): AnswerLengths | undefined {
    this.#lookAtWaiting();
    for (const name of [plainId(modelId), everything]) {
      const lengths = this.#lengths.get(name) ?? [];
      if (lengths.length >= fewest)
        return { low: quantile(lengths, 0.1), median: quantile(lengths, 0.5), answers: lengths.length };
    }
    return undefined;
  }

  #lookAtWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const noted of waiting) this.#lookAt(noted);
  }

  #lookAt({ request, usage, model }: Noted): void {
    const { prompt_tokens: prompt, completion_tokens: completion } = usage;
    if (isCount(completion)) {
      for (const name of [model, everything]) remember(this.#lengths, name, completion);
    }
    if (!isCount(prompt) || isForeign(usage)) return;
    const { tokens, mediaTokens } = estimateTokens(request, model, this.#countTokens);
    const ratio = prompt / tokens;
    if (mediaTokens > 0 || !isWithin(ratio, mostOff)) return;
    for (const name of [model, familyKey(model)]) remember(this.#comparisons, name, { estimated: tokens, ratio });
  }
}

const everything = '*';

/** Variants such as `:nitro` and `:free` are the same model. */
function plainId(modelId: string): string {
  return modelId.replace(/:.*$/s, '');
}

/** No model is called like this: the names of models have no colon before the first slash. */
function familyKey(modelId: string): string {
  return `:${familyOf(modelId)}`;
}

/** Whether what OpenRouter's tools and searches found is among the tokens, or the counts contradict themselves. */
function isForeign(usage: Usage): boolean {
  const tools = usage.server_tool_use_details ?? usage.server_tool_use;
  const parts = usage.prompt_tokens_details;
  return (
    Object.values(tools ?? {}).some((count) => typeof count === 'number' && count > 0) ||
    (parts?.cached_tokens ?? 0) + (parts?.cache_write_tokens ?? 0) > usage.prompt_tokens
  );
}

function remember<Value>(lists: Map<string, Value[]>, name: string, value: Value): void {
  const list = lists.get(name) ?? [];
  list.push(value);
  if (list.length > mostRemembered) list.shift();
  lists.set(name, list);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function isWithin(ratio: number, factor: number): boolean {
  return ratio <= factor && ratio >= 1 / factor;
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return Math.max(...sorted.slice(0, Math.floor((sorted.length - 1) * part) + 1));
}
