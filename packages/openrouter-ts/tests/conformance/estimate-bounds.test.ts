import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findListed } from '../../src/catalogue/find-listed.ts';
import { decimal, toNumber, zero } from '../../src/cost/decimal.ts';
import { estimateCost } from '../../src/cost/estimate-cost.ts';
import type { Model } from '../../src/wire/model.ts';
import { recordedPromptsIn, type RecordedPrompt } from '../support/recorded-prompt.ts';

/** All recordings and the whole price list, which lie beside the checkout where there are any. */
const recordings = new URL('../../../../../shared/data/', import.meta.url);

const read = (name: string): string => readFileSync(new URL(name, recordings), 'utf8');

interface Estimated extends RecordedPrompt {
  readonly found: Model;
  readonly high: number;
}

const listedAtEpochMs = Date.UTC(2026, 7, 15);

describe.skipIf(!existsSync(recordings))('the high figure, for all recordings of text beside the checkout', () => {
  const models = (): readonly Model[] =>
    (JSON.parse(read('models-2026-08-15.json')) as { data: readonly Model[] }).data;
  const estimated = (): readonly Estimated[] => {
    const listed = models();
    return recordedPromptsIn(read('traffic-core.jsonl')).flatMap((recorded) => {
      const { model, request } = recorded;
      const found = findListed(listed, model);
      if (found === undefined) return [];
      const estimate = estimateCost(request, found, [], { atEpochMs: listedAtEpochMs, listedAtEpochMs });
      return estimate.type === 'known' ? [{ ...recorded, found, high: estimate.highUsd }] : [];
    });
  };

  it('is above what was charged, for at least 95 of 100', () => {
    const told = estimated().filter(({ usage }) => typeof usage.cost === 'number');
    const above = told.filter(({ usage, high }) => (usage.cost ?? 0) <= high);
    expect(told.length).toBeGreaterThan(200);
    expect(above.length / told.length).toBeGreaterThanOrEqual(0.95);
  });

  it('is at most half above the list price of the prompt and of the longest answer, but for models that search whatever they are asked', () => {
    const limited = estimated().filter(({ request }) => typeof request.max_tokens === 'number');
    expect(limited.length).toBeGreaterThan(180);
    const far = limited.filter(({ request, usage, found, high }) => {
      const price = (text: string): number => toNumber(decimal(text) ?? zero);
      const { prompt, completion } = found.pricing;
      const list = usage.prompt_tokens * price(prompt) + (request.max_tokens ?? 0) * price(completion);
      return high > 1.5 * list;
    });
    // Their searches have a price of their own, and there is no knowing how many they will make.
    expect(new Set(far.map(({ found }) => found.id))).toEqual(
      new Set(['perplexity/sonar-pro', 'perplexity/sonar-pro-search']),
    );
  });
});
