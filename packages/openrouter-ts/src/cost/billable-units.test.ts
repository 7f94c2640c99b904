import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Usage } from '../wire/usage.ts';
import { billableUnits } from './billable-units.ts';
import type { BillableUnits } from './billable-units.ts';

const tokens = { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 };

describe('billableUnits', () => {
  it('takes all tokens for plain ones when nothing else is told', () => {
    expect(billableUnits({ ...tokens, prompt_tokens_details: null }, 0)).toEqual({
      prompt: 100,
      image_token: 0,
      audio: 0,
      input_audio_cache: 0,
      input_cache_read: 0,
      input_cache_write: 0,
      input_cache_write_1h: 0,
      completion: 50,
      internal_reasoning: 0,
      image_output: 0,
      audio_output: 0,
      request: 1,
      image: 0,
      web_search: 0,
    });
  });

  it('takes the parts of the prompt out of it', () => {
    const prompt_tokens_details = { cached_tokens: 40, cache_write_tokens: 30, audio_tokens: 12, image_tokens: 8 };
    expect(billableUnits({ ...tokens, prompt_tokens_details }, 2)).toMatchObject({
      prompt: 10,
      input_cache_read: 40,
      input_cache_write: 30,
      audio: 12,
      image_token: 8,
      image: 2,
    });
  });

  it('knows sound from the cache where the answer tells of it', () => {
    const usage = {
      ...tokens,
      prompt_tokens_details: { cached_tokens: 40, audio_tokens: 35 },
      cost_details: { input_audio_cache_read_tokens: 30 },
    };
    expect(billableUnits(usage, 0)).toMatchObject({
      prompt: 55,
      input_cache_read: 10,
      input_audio_cache: 30,
      audio: 5,
    });
  });

  it('knows what is kept for an hour where the answer tells of it', () => {
    const usage = {
      ...tokens,
      prompt_tokens_details: { cache_write_tokens: 30 },
      cache_creation: { ephemeral_1h_input_tokens: 20, ephemeral_5m_input_tokens: 10 },
    };
    expect(billableUnits(usage, 0)).toMatchObject({ prompt: 70, input_cache_write: 10, input_cache_write_1h: 20 });
  });

  it('leaves no plain tokens when the same ones were written and read', () => {
    const prompt_tokens_details = { cached_tokens: 90, cache_write_tokens: 90 };
    expect(billableUnits({ ...tokens, prompt_tokens_details }, 0)).toMatchObject({
      prompt: 0,
      input_cache_read: 90,
      input_cache_write: 90,
    });
  });

  it('takes thoughts, pictures and sound out of the answer', () => {
    const completion_tokens_details = { reasoning_tokens: 20, image_tokens: 10, audio_tokens: 5 };
    expect(billableUnits({ ...tokens, completion_tokens_details }, 0)).toMatchObject({
      completion: 15,
      internal_reasoning: 20,
      image_output: 10,
      audio_output: 5,
    });
  });

  it('bills no more thoughts than the answer has tokens', () => {
    const usage = { ...tokens, completion_tokens: 9, completion_tokens_details: { reasoning_tokens: 84 } };
    expect(billableUnits(usage, 0)).toMatchObject({ completion: 0, internal_reasoning: 9 });
  });

  it('finds the searches under either name', () => {
    expect(billableUnits({ ...tokens, server_tool_use_details: { web_search_requests: 2 } }, 0)?.web_search).toBe(2);
    expect(billableUnits({ ...tokens, server_tool_use: { web_search_requests: 3 } }, 0)?.web_search).toBe(3);
  });

  it('makes nothing of counts that are none', () => {
    const prompt_tokens_details = { cached_tokens: -5, cache_write_tokens: 0.5, audio_tokens: null };
    const found = billableUnits({ ...tokens, prompt_tokens_details, cache_creation: [] }, Number.NaN);
    expect(found).toMatchObject({ prompt: 100, input_cache_read: 0, input_cache_write: 0, audio: 0, image: 0 });
  });

  it('tells nothing when prompt or answer was not counted', () => {
    expect(billableUnits({ ...tokens, prompt_tokens: Number.NaN }, 0)).toBeUndefined();
    expect(billableUnits(JSON.parse('{"prompt_tokens":1}'), 0)).toBeUndefined();
  });

  it('bills each token of an answer once, and each of a prompt at least once', () => {
    const some = fc.nat(100);
    const usages: fc.Arbitrary<Usage> = fc.record({
      prompt_tokens: some,
      completion_tokens: some,
      total_tokens: some,
      prompt_tokens_details: fc.record({
        cached_tokens: some,
        cache_write_tokens: some,
        audio_tokens: some,
        image_tokens: some,
      }),
      cost_details: fc.record({ input_audio_cache_read_tokens: some }),
      completion_tokens_details: fc.record({ reasoning_tokens: some, audio_tokens: some, image_tokens: some }),
      cache_creation: fc.record({ ephemeral_1h_input_tokens: some }),
    });
    fc.assert(
      fc.property(usages, (usage) => {
        const units: Partial<BillableUnits> = billableUnits(usage, 0) ?? {};
        const { request, image, web_search, ...ofTokens } = units;
        const { completion = 0, internal_reasoning = 0, image_output = 0, audio_output = 0, ...prompt } = ofTokens;
        expect(completion + internal_reasoning + image_output + audio_output).toBe(usage.completion_tokens);
        expect(Object.values(prompt).reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(usage.prompt_tokens);
        expect(Object.values(units).every((each) => each >= 0)).toBe(true);
        expect([request, image, web_search]).toEqual([1, 0, 0]);
      }),
    );
  });
});
