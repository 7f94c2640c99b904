import { getEventListeners } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { question, simulatedApi } from '../support/simulated-api.ts';

const api = simulatedApi();

describe('a signal that outlives its calls', () => {
  it('has no listener left after many of them, and Node warns of nothing', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): unknown => warnings.push(warning);
    process.on('warning', note);
    onTestFinished(() => void process.off('warning', note));
    const { signal } = new AbortController();
    const client = api.client();
    let answers = 0;
    const keepAsking = async (): Promise<void> => {
      for (let call = 0; call < 20; call += 1) {
        await client.chat.create(question, { signal });
        answers += 1;
      }
    };
    await Promise.all(Array.from({ length: 20 }, keepAsking));
    expect(answers).toBe(400);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(warnings).toEqual([]);
    expect(api.server.connectionsEver).toBeLessThanOrEqual(20);
  });
});
