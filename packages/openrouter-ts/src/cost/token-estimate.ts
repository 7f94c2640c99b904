import type { ChatRequest } from '../wire/chat-request.ts';
import { familyCoefficients, type FamilyCoefficients } from './family-coefficients.ts';
import { mediaTokens } from './media-tokens.ts';
import { familyOf, type ModelFamily } from './model-family.ts';
import { type PromptFeatures, promptFeatures } from './prompt-features.ts';
import { textTokens } from './text-tokens.ts';

/** Counts the tokens of a text as the tokenizer of a model does. */
export type CountTokens = (text: string, model: string) => number;

/** How many tokens a prompt probably has. */
export interface TokenEstimate {
  /** Whole tokens, at least one. */
  readonly tokens: number;
  /** Whether the request has tools, whose descriptions providers rewrite. */
  readonly hasTools: boolean;
  /** How many of the tokens stand for pictures, sound, films and files. */
  readonly mediaTokens: number;
}

/** Families whose tokenizers make a token of each digit. */
const singleDigits: ReadonlySet<ModelFamily> = new Set(['google', 'gemma', 'qwen', 'mistral']);
const usualDigits = 3;

/** A schema for the answer becomes a shorter text than its JSON. */
const perFormatToken = 0.5;

/** What Anthropic's models are told when they are to think. */
const whenThinking = 29;

/**
 * Estimates how many tokens the prompt of a request has.
 *
 * @param request - the request
 * @param modelId - the model that is to read it
 * @param countTokens - counts the tokens of a text; without it they are estimated by the kinds of its characters
 * @returns the estimate
 */
export function estimateTokens(request: ChatRequest, modelId: string, countTokens?: CountTokens): TokenEstimate {
  const family = familyOf(modelId);
  const features = featuresFor(request, modelId, countTokens);
  const media = Math.ceil(features.media.reduce((sum, each) => sum + mediaTokens(each, family), 0));
  const thinking = family === 'anthropic' && asksToThink(request) ? whenThinking : 0;
  const tokens = promptTokens(features, familyCoefficients[family]) + thinking + media;
  return { tokens: Math.max(1, Math.round(tokens)), hasTools: features.tools > 0, mediaTokens: media };
}

/**
 * Counts what the length of a prompt depends on, for the tokenizer of a model.
 *
 * @param request - the request
 * @param modelId - the model that is to read it
 * @param countTokens - counts the tokens of a text
 * @returns the counts
 */
export function featuresFor(request: ChatRequest, modelId: string, countTokens?: CountTokens): PromptFeatures {
  const digits = singleDigits.has(familyOf(modelId)) ? 1 : usualDigits;
  return promptFeatures(request, (text) => countTokens?.(text, modelId) ?? textTokens(text, digits));
}

/**
 * Adds up what a prompt has.
 *
 * @param features - what its length depends on
 * @param coefficients - how
 * @returns tokens, not whole; without those of media and of thinking
 */
export function promptTokens(features: PromptFeatures, coefficients: FamilyCoefficients): number {
  const { perRequest, perMessage, withTools, perToolToken } = coefficients;
  const said = perRequest + features.messages * perMessage + features.text + features.format * perFormatToken;
  return features.tools > 0 ? said + withTools + features.toolText * perToolToken : said;
}

/**
 * Tells whether a request asks the model to think.
 *
 * @param request - the request
 * @returns false when it says nothing of it, or says that it should not
 */
export function asksToThink({ reasoning, reasoning_effort: effort }: ChatRequest): boolean {
  const wanted = effort ?? reasoning?.effort;
  if (wanted != null) return wanted !== 'none';
  return reasoning != null && reasoning.enabled !== false;
}
