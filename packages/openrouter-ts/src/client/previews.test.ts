import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { ModelStore } from '../catalogue/model-store.ts';
import { modelResource } from '../resources/models.ts';
import { apiRequest } from '../../tests/support/api-request.ts';
import { aModel, asking } from '../../tests/support/listed.ts';
import { unlessAborted } from '../util/unless-aborted.ts';
import { previews, previewsPart } from './previews.ts';

const request = { model: 'openai/gpt-4o-mini', ...asking('Hi', { max_tokens: 100 }) };
const usage = { prompt_tokens: 8, completion_tokens: 40, total_tokens: 48 };

function setUp(): ReturnType<typeof previews> {
  const resource = {
    ...modelResource(() => {
      throw new Error('nothing is asked here');
    }),
    list: async function* () {
      yield aModel();
    },
    endpoints: async () => ({ id: '', name: '', created: 0, architecture: aModel().architecture, endpoints: [] }),
  };
  const options = { clock: new FakeClock(), ttlMs: 1_000, staleIfErrorMs: 0 };
  const store = new ModelStore(resource as unknown as ConstructorParameters<typeof ModelStore>[0], options);
  return previews(async () => store, undefined);
}

async function lengthAfter(body: Parameters<typeof apiRequest>[0], asksFirst: boolean): Promise<number> {
  const { learn, estimate } = setUp();
  if (asksFirst) await estimate(request);
  for (let answer = 0; answer < 3; answer += 1) learn(apiRequest(body), usage);
  return (await estimate(request)).completionTokens.likely;
}

describe('previews', () => {
  it('are waited for no longer than somebody wants', async () => {
    const load = vi.spyOn(previewsPart, 'load');
    const controller = new AbortController();
    for (const preview of ['estimate', 'check'] as const) {
      load.mockImplementationOnce((ending) => unlessAborted(new Promise(() => undefined), ending!));
      const waiting = setUp()[preview](request, controller.signal);
      controller.abort('enough');
      await expect(waiting).rejects.toBe('enough');
    }
  });

  it('learn from the answers to chat requests once somebody has asked for an estimate', async () => {
    expect(await lengthAfter({ body: request }, true)).toBe(40);
    expect(await lengthAfter({ body: request }, false)).toBe(100);
  });

  it('learn nothing from what is no chat request, or names no model', async () => {
    expect(await lengthAfter({ body: { model: 'openai/gpt-4o-mini', input: 'Hi' } }, true)).toBe(100);
    expect(await lengthAfter({ body: asking('Hi') }, true)).toBe(100);
    expect(await lengthAfter({ body: { model: 'openai/gpt-4o-mini', prompt: 'Hi' } }, true)).toBe(40);
  });
});
