import type { ChatRequest } from '../wire/chat-request.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import type { Model } from '../wire/model.ts';
import { askedAnswerLength, longestAnswer, longestContext } from './answer-bound.ts';
import type { EstimateBasis, TokenRange } from './cost-estimate.ts';
import { asksToThink, type CountTokens, estimateTokens } from './token-estimate.ts';
import type { UsageLearner } from './usage-learner.ts';

/** Estimated lengths, and what they rest on. */
export interface EstimatedLengths {
  readonly promptTokens: TokenRange;
  /** The highest is infinity when nothing limits the answer. */
  readonly completionTokens: TokenRange;
  readonly restsOn: readonly EstimateBasis[];
}

/** What lengths are estimated with, beside the request. */
export interface LengthOptions {
  /** What was learnt in the session. */
  readonly learner?: UsageLearner | undefined;
  /** Counts the tokens of a text. */
  readonly countTokens?: CountTokens | undefined;
}

/** How far from the estimate a prompt may well be. */
const spread = { plain: 0.3, tools: 0.4, calibrated: 0.15 };
const mediaSpread = 3;

/** What answers are usually long, in tokens, before the session has any. */
const usualAnswer = 350;
const usualThoughtfulAnswer = 1_200;

/**
 * Estimates how long the prompt is and the answer becomes.
 *
 * @param request - the request
 * @param model - the model
 * @param endpoints - who may answer
 * @param options - what was learnt, and a tokenizer
 * @returns the lengths
 */
export function estimateLengths(
  request: ChatRequest,
  model: Model,
  endpoints: readonly Endpoint[],
  { learner, countTokens }: LengthOptions,
): EstimatedLengths {
  const prompt = promptLength(request, model, endpoints, { learner, countTokens });
  const answer = answerLength(request, model, endpoints, learner);
  return {
    promptTokens: prompt.range,
    completionTokens: answer.range,
    restsOn: [...prompt.restsOn, ...answer.restsOn],
  };
}

interface Length {
  readonly range: TokenRange;
  readonly restsOn: readonly EstimateBasis[];
}

function promptLength(
  request: ChatRequest,
  model: Model,
  endpoints: readonly Endpoint[],
  { learner, countTokens }: LengthOptions,
): Length {
  const { tokens, hasTools, mediaTokens } = estimateTokens(request, model.id, countTokens);
  const { factor, answers } = learner?.correction(model.id, tokens) ?? { factor: 1, answers: 0 };
  const text = (tokens - mediaTokens) * factor;
  const uncalibrated = hasTools ? spread.tools : spread.plain;
  const around = answers > 0 ? spread.calibrated : uncalibrated;
  const within = (length: number): number =>
    Math.min(longestContext(model, endpoints), Math.max(1, Math.round(length)));
  const calibration: EstimateBasis =
    answers > 0
      ? { code: 'calibrated', message: `The prompt's length is corrected by ${answers} answers of this session.` }
      : { code: 'not-calibrated', message: "The prompt's length is estimated by the kinds of its characters." };
  const media = { code: 'media', message: 'Pictures, sound, films and files are counted by rules of thumb.' };
  return {
    range: {
      low: within(text * (1 - around) + mediaTokens / mediaSpread),
      likely: within(text + mediaTokens),
      high: within(text * (1 + around) + mediaTokens * mediaSpread),
    },
    restsOn: mediaTokens > 0 ? [calibration, media] : [calibration],
  };
}

function answerLength(
  request: ChatRequest,
  model: Model,
  endpoints: readonly Endpoint[],
  learner: UsageLearner | undefined,
): Length {
  const asked = askedAnswerLength(request);
  const most = Math.min(asked ?? Number.POSITIVE_INFINITY, longestAnswer(model, endpoints));
  const learnt = learner?.answerLengths(model.id);
  const usual = asksToThink(request) || model.reasoning?.mandatory === true ? usualThoughtfulAnswer : usualAnswer;
  const answers = typeof request['n'] === 'number' && request['n'] >= 1 ? request['n'] : 1;
  const limit: EstimateBasis =
    asked === undefined
      ? {
          code: 'model-limit',
          message: 'Only the model limits the answer: max_tokens would make the highest cost smaller.',
        }
      : { code: 'request-limit', message: `The request limits the answer to ${asked} tokens.` };
  const length: EstimateBasis =
    learnt === undefined
      ? { code: 'usual-answer', message: `Answers are taken to have ${usual} tokens.` }
      : {
          code: 'session-answers',
          message: `The answer's length is that of ${learnt.answers} answers of this session.`,
        };
  return {
    range: {
      low: Math.min(most, learnt?.low ?? 1) * answers,
      likely: Math.min(most, learnt?.median ?? usual) * answers,
      high: most * answers,
    },
    restsOn: [limit, length],
  };
}
