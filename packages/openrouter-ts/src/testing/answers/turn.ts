import { decimal, zero } from '../../cost/decimal.ts';
import type { Decimal } from '../../cost/decimal.ts';
import type { Usage } from '../../wire/usage.ts';
import { costOf } from '../billing/cost-of.ts';
import type { Cost } from '../billing/cost-of.ts';
import { noTokens } from '../billing/token-counts.ts';
import type { TokenCounts } from '../billing/token-counts.ts';
import { usageOf } from '../billing/usage-of.ts';
import { findModel } from '../catalogue/simulated-model.ts';
import type { SimulatedModel } from '../catalogue/simulated-model.ts';
import type { Exchange } from '../exchange.ts';
import type { ReplyOptions } from './reply-options.ts';
import { answerOf } from './answer.ts';
import type { Answer } from './answer.ts';
import { composeReply } from './compose-reply.ts';
import { readChatRequest } from './read-chat-request.ts';
import type { ChatRequestFacts } from './read-chat-request.ts';
import { splitIntoTokens } from './split-into-tokens.ts';

/** A question and its answer, with all that is needed to send it. */
export interface Turn {
  readonly id: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly model: SimulatedModel;
  readonly provider: string;
  readonly answer: Answer;
  readonly tokens: TokenCounts;
  /** What is billed, exactly. */
  readonly cost: Decimal;
  /** What is told; undefined for nothing. */
  readonly usage: Usage | undefined;
}

/** A drawn image counts for as many tokens as the best-known drawing model says. */
const tokensPerImage = 1_290;

/**
 * Answers a request.
 *
 * @param exchange - the request
 * @param options - what is to be said; what it leaves open is made up
 * @returns the turn
 */
export function takeTurn(exchange: Exchange, options: ReplyOptions): Turn {
  const facts = readChatRequest(exchange.request.json);
  const model = modelOf(exchange, options, facts);
  const composed = saysNothing(options) ? composeReply(facts, model, exchange.random) : {};
  const answer = answerOf({ ...composed, ...options }, model, exchange.random);
  const tokens = { ...count(facts, answer), ...countsOnly(options.usage ?? {}) };
  const cost = isInsured(answer, tokens) ? noCost : costOf(tokens, model.pricing);
  const told = options.usage?.cost;
  return {
    id: exchange.generationId,
    created: Math.floor(exchange.clock.epochMs() / 1_000),
    model,
    provider: options.provider ?? model.provider ?? 'Simulated',
    answer,
    tokens,
    cost: typeof told === 'number' ? (decimal(told) ?? cost.total) : cost.total,
    usage: options.usage === null ? undefined : withCost(usageOf(tokens, cost), told),
  };
}

const noCost: Cost = { prompt: zero, completion: zero, total: zero };

/** OpenRouter bills no tokens for an answer that failed, or that says nothing and not why. */
function isInsured({ finishReason }: Answer, { completion }: TokenCounts): boolean {
  return finishReason === 'error' || (completion === 0 && (finishReason ?? '') === '');
}

function withCost(usage: Usage, cost: number | null | undefined): Usage {
  return cost === undefined ? usage : { ...usage, cost };
}

/** A test may ask for models that no catalogue has; they answer too, and cost nothing. */
function modelOf(exchange: Exchange, options: ReplyOptions, facts: ChatRequestFacts): SimulatedModel {
  const { models } = exchange.settings;
  const ids = options.model === undefined ? facts.modelIds : [options.model];
  const known = ids.map((id) => findModel(models, id)).find((model) => model !== undefined);
  const [id = 'simulated/model'] = ids;
  return known ?? { id, pricing: { prompt: '0', completion: '0' } };
}

function saysNothing({ content, toolCalls, images, refusal }: ReplyOptions): boolean {
  return [content, toolCalls, images, refusal].every((said) => said === undefined);
}

function count(facts: ChatRequestFacts, answer: Answer): TokenCounts {
  const image = answer.images.length * tokensPerImage;
  const calls = answer.toolCalls.reduce((sum, call) => sum + 1 + splitIntoTokens(call.arguments).length, 0);
  const reasoning = answer.reasoning.length;
  const completion = (answer.content?.length ?? 0) + answer.refusal.length + reasoning + calls + image;
  return { ...noTokens, prompt: facts.promptTokens, completion, reasoning, image };
}

function countsOnly({
  cost: _,
  ...counts
}: { readonly cost?: number | null } & Partial<TokenCounts>): Partial<TokenCounts> {
  return counts;
}
