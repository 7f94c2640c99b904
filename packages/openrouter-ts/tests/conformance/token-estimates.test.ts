import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { familyCoefficients } from '../../src/cost/family-coefficients.ts';
import { estimateTokens } from '../../src/cost/token-estimate.ts';
import { estimateTable, estimationErrors } from '../support/estimate-table.ts';
import { fitCoefficients, specimenOf } from '../support/fit-token-estimate.ts';
import { recordedPromptsIn, type RecordedPrompt } from '../support/recorded-prompt.ts';

const sample = new URL('fixtures/recorded-prompts.jsonl', import.meta.url);
/** All recordings, which lie beside the checkout where there are any. */
const recordings = new URL('../../../../../shared/data/traffic-core.jsonl', import.meta.url);
const page = new URL('../../../../docs/cost.md', import.meta.url);

describe('estimates of recorded prompts', () => {
  const prompts = readFileSync(sample, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RecordedPrompt);

  it('are off by less than a quarter for most of the sample, which has every family', () => {
    const close = prompts.filter(({ model, request, usage }) => {
      const { tokens } = estimateTokens(request, model);
      return Math.abs(tokens / usage.prompt_tokens - 1) < 0.25;
    });
    expect(new Set(prompts.map((prompt) => specimenOf(prompt).family)).size).toBe(
      Object.keys(familyCoefficients).length,
    );
    expect(close.length).toBeGreaterThan(prompts.length / 2);
  });
});

describe.skipIf(!existsSync(recordings))('estimates of all recordings, where there are any beside the checkout', () => {
  const prompts = existsSync(recordings) ? recordedPromptsIn(readFileSync(recordings, 'utf8')) : [];

  it('are off by at most 8 % without tools and 20 % with them, in the middle, for requests that the fit had not seen', () => {
    const [, byCharacters, ours, strictly] = estimationErrors(prompts);
    for (const errors of [ours?.errors, strictly?.errors]) {
      expect(errors?.plain.median).toBeLessThanOrEqual(0.08);
      expect(errors?.tools.median).toBeLessThanOrEqual(0.2);
    }
    expect(byCharacters?.errors.plain.median).toBeGreaterThan(0.4);
  });

  it('rest on the coefficients that the fit gives', () => {
    expect(familyCoefficients).toEqual(fitCoefficients(prompts.map(specimenOf)));
  });

  it('are as docs/cost.md has them', () => {
    expect(readFileSync(page, 'utf8')).toContain(estimateTable(estimationErrors(prompts)));
  });
});
