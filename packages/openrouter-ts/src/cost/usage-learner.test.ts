import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asking } from '../../tests/support/listed.ts';
import type { Usage } from '../wire/usage.ts';
import { estimateTokens } from './token-estimate.ts';
import { UsageLearner } from './usage-learner.ts';

const model = 'openai/gpt-4o';
const request = asking('What is the capital of France?');
const { tokens } = estimateTokens(request, model);

function usage(prompt: number, completion = 10, more: Partial<Usage> = {}): Usage {
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: 0, ...more };
}

function taught(...answers: readonly Usage[]): UsageLearner {
  const learner = new UsageLearner();
  for (const answer of answers) learner.learn(request, answer, model);
  return learner;
}

describe('what is learnt of prompts', () => {
  const double = usage(2 * tokens);

  it('needs three answers', () => {
    expect(taught(double, double).correction(model, tokens)).toEqual({ factor: 1, answers: 0 });
    expect(taught(double, double, double).correction(model, tokens)).toEqual({ factor: 2, answers: 3 });
  });

  it('is not moved by one odd answer', () => {
    fc.assert(
      fc.property(fc.nat(1e9), (odd) => {
        expect(taught(double, double, usage(odd), double).correction(model, tokens).factor).toBe(2);
      }),
    );
  });

  it('holds for the variants of a model, and less surely for its family', () => {
    const learner = taught(double, double, double);
    expect(learner.correction(`${model}:nitro`, tokens).answers).toBe(3);
    expect(learner.correction('openai/gpt-5', tokens).answers).toBe(3);
    expect(learner.correction('anthropic/claude', tokens).answers).toBe(0);
  });

  it('holds for prompts of like size only', () => {
    expect(taught(double, double, double).correction(model, 5 * tokens).answers).toBe(0);
  });

  it.each([
    ['nothing was counted', usage(0)],
    [
      'a tool of OpenRouter put something into the prompt',
      usage(2 * tokens, 1, { server_tool_use: { web_search_requests: 1 } }),
    ],
    ['the counts contradict themselves', usage(2 * tokens, 1, { prompt_tokens_details: { cached_tokens: 999 } })],
    ['they cannot be of this prompt', usage(5 * tokens)],
  ])('ignores answers where %s', (_, odd) => {
    expect(taught(odd, odd, odd).correction(model, tokens).answers).toBe(0);
  });

  it('ignores requests with pictures', () => {
    const learner = new UsageLearner();
    const picture = { type: 'image_url', image_url: { url: 'https://x' } } as const;
    for (let index = 0; index < 3; index += 1)
      learner.learn({ messages: [{ role: 'user', content: [picture] }] }, usage(1_000), model);
    expect(learner.correction(model, 770).answers).toBe(0);
  });

  it('accepts counts of tools that did nothing', () => {
    const idle = usage(2 * tokens, 1, {
      server_tool_use_details: { web_search_requests: 0, tool_calls_executed: null },
    });
    expect(taught(idle, idle, idle).correction(model, tokens).answers).toBe(3);
  });

  it('forgets what is long past', () => {
    const learner = new UsageLearner();
    for (let index = 0; index < 150; index += 1) {
      learner.learn(request, index < 75 ? double : usage(3 * tokens), model);
      learner.correction(model, tokens);
    }
    expect(learner.correction(model, tokens)).toEqual({ factor: 3, answers: 48 });
  });

  it('keeps only the last answers until somebody asks', () => {
    expect(taught(...Array.from({ length: 100 }, () => double)).correction(model, tokens).answers).toBe(16);
  });
});

describe('what is learnt of answers', () => {
  it('is how long they were, of the model or else of all', () => {
    const learner = taught(usage(1, 10), usage(1, 500), usage(1, 20));
    expect(learner.answerLengths(model)).toEqual({ low: 10, median: 20, answers: 3 });
    expect(learner.answerLengths('qwen/qwen3')).toEqual({ low: 10, median: 20, answers: 3 });
  });

  it('is nothing before there were three', () => {
    expect(taught(usage(1, 10), usage(1, 0), usage(1, 20)).answerLengths(model)).toBeUndefined();
  });
});
