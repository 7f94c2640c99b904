import { describe, expect, it } from 'vitest';
import { overrideApplies } from './override-applies.ts';

const noon = Date.parse('2026-08-18T12:00:00Z');
const moment = { promptTokens: 200_000, atEpochMs: noon };

describe('overrideApplies', () => {
  it('wants strictly more tokens than the step names', () => {
    const step = { min_prompt_tokens: 200_000, prompt: '1' };
    expect(overrideApplies(step, { ...moment, promptTokens: 199_999 })).toBe(false);
    expect(overrideApplies(step, moment)).toBe(false);
    expect(overrideApplies(step, { ...moment, promptTokens: 200_001 })).toBe(true);
  });

  it('wants all conditions to hold', () => {
    const both = { min_prompt_tokens: 100, utc_start: 1_200, utc_end: 1_300 };
    expect(overrideApplies(both, moment)).toBe(true);
    expect(overrideApplies(both, { ...moment, promptTokens: 100 })).toBe(false);
    expect(overrideApplies(both, { ...moment, atEpochMs: noon + 3_600_000 })).toBe(false);
    expect(overrideApplies(both, { ...moment, atEpochMs: noon - 1 })).toBe(false);
  });

  it('always applies when it has no condition', () => {
    expect(overrideApplies({ prompt: '1' }, moment)).toBe(true);
  });

  it('cannot tell with a condition that it does not know, unless another one fails', () => {
    expect(overrideApplies({ min_completion_tokens: 10 }, moment)).toBeUndefined();
    expect(overrideApplies({ region: 'eu' }, moment)).toBeUndefined();
    expect(overrideApplies({ region: 'eu', min_prompt_tokens: 200_000 }, moment)).toBe(false);
  });

  it('takes a new price for no condition', () => {
    expect(overrideApplies({ video: '0.01' }, moment)).toBe(true);
  });

  it('cannot tell with conditions or counts that make no sense', () => {
    expect(overrideApplies({ min_prompt_tokens: JSON.parse('"many"') }, moment)).toBeUndefined();
    expect(overrideApplies({ min_prompt_tokens: 1 }, { ...moment, promptTokens: Number.NaN })).toBeUndefined();
    expect(overrideApplies({ utc_start: Number.NaN }, moment)).toBeUndefined();
  });
});
