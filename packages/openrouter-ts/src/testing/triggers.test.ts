import { describe, expect, it } from 'vitest';
import { FakeClock, Simulator } from './index.ts';

async function ask(
  question: string,
  triggers: boolean,
  stream = false,
): Promise<{ status: number; said: string; tookMs: number }> {
  const clock = new FakeClock();
  const simulator = new Simulator({ triggers, clock });
  const body = JSON.stringify({ model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: question }], stream });
  const headers = { authorization: 'Bearer demo' };
  const asked = simulator.fetch('https://openrouter.ai/api/v1/chat/completions', { method: 'POST', headers, body });
  const answer = (async () => {
    const response = await asked;
    return { status: response.status, said: await response.text() };
  })();
  return { ...(await clock.runUntil(answer)), tookMs: clock.now() };
}

describe('the words that set something off', () => {
  it('do nothing unless they are wanted', async () => {
    expect(await ask('!429', false)).toMatchObject({ status: 200 });
  });

  it('refuse, break off or slow the answer down', async () => {
    expect(await ask('please !429', true)).toMatchObject({ status: 429 });
    expect(await ask('!402', true)).toMatchObject({ status: 402 });
    expect((await ask('!midstream', true, true)).said).toMatch(
      /"error":\{"message":"Provider disconnected unexpectedly"/,
    );
    expect((await ask('!slow', true, true)).tookMs).toBeGreaterThan(5_000);
  });

  it('make the answer a table or code', async () => {
    const contentOf = async (word: string): Promise<string> =>
      JSON.parse((await ask(word, true)).said).choices[0].message.content;
    expect(await contentOf('!table')).toContain('| ---: |');
    expect(await contentOf('!code')).toContain('```ts\n');
  });
});
