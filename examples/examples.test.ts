import { format } from 'node:util';
import {
  brokenAnswer,
  hang,
  hangAfter,
  insufficientCredits,
  rateLimited,
  reply,
  Simulator,
} from 'openrouter-ts/testing';
import { startSimulatorServer, type SimulatorServer } from 'openrouter-ts/testing/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

let simulator: Simulator;
let server: SimulatorServer;
let printed: string;

beforeEach(async () => {
  simulator = new Simulator();
  server = await startSimulatorServer(simulator);
  vi.stubEnv('OPENROUTER_API_KEY', 'simulated');
  vi.stubEnv('OPENROUTER_BASE_URL', server.baseURL);
  printed = '';
  const print = (text: string | Uint8Array): true => {
    printed += String(text);
    return true;
  };
  const printLine = (...values: readonly unknown[]): void => {
    print(`${format(...values)}\n`);
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(print);
  vi.spyOn(process.stderr, 'write').mockImplementation(print);
  vi.spyOn(console, 'log').mockImplementation(printLine);
  vi.spyOn(console, 'error').mockImplementation(printLine);
});

afterEach(async () => {
  vi.useRealTimers();
  await server.close();
});

/** Runs a program from its beginning. */
async function run(load: () => Promise<unknown>): Promise<void> {
  vi.resetModules();
  await load();
}

describe('the example', () => {
  it('ask prints the answer and what it cost', async () => {
    simulator.next(reply('Air scatters blue light most.'));
    await run(() => import('./ask.ts'));
    expect(printed).toBe(`Air scatters blue light most.\nAnswered by OpenAI for ${simulator.spentUsd} USD\n`);
  });

  it('stream-text prints the text as it comes and what it cost', async () => {
    simulator.next(reply('Once there was a lighthouse.'));
    await run(() => import('./stream-text.ts'));
    expect(printed).toBe(`Once there was a lighthouse.\nCost in USD: ${simulator.spentUsd}\n`);
  });

  it('stream-chunks-and-completion prints thoughts, text and how it ended', async () => {
    simulator.next(reply({ reasoning: 'Compare tenths. ', content: '9.9 is.', usage: { prompt: 20, completion: 9 } }));
    await run(() => import('./stream-chunks-and-completion.ts'));
    expect(printed).toBe('Compare tenths. 9.9 is.\nIt ended with stop.\nTokens: 29\n');
  });

  it('abort stops in the middle and keeps what had arrived', async () => {
    const words = Array.from({ length: 1_000 }, (_, index) => `word ${index}, `);
    simulator.next(hangAfter(reply({ content: words }), { events: 50 }));
    await run(() => import('./abort.ts'));
    const [text = '', last = ''] = printed.split('\n');
    expect(text).toMatch(/^word 0, word 1, .{80,}$/);
    expect(last).toMatch(/^Stopped\. Kept: \d+ characters$/);
    await simulator.requests[0]?.over;
    expect(simulator.requests[0]?.closedByClient).toBe(true);
  });

  it('errors prints the verdict on an answer that broke off, and what had arrived', async () => {
    simulator.next(brokenAnswer({ answer: 'Once there was', message: 'Provider disconnected' }));
    await run(() => import('./errors.ts'));
    expect(printed).toContain('Once there was\nThe answer broke off: Provider disconnected');
    expect(printed).toContain("kind: 'stream-provider'");
    expect(printed).toContain("billing: 'insured'");
    expect(printed).toContain('Arrived before: Once there was\n');
  });

  it('errors prints whose limit was hit and how long to wait', async () => {
    simulator.next(rateLimited({ retryAfterS: 7 }));
    await run(() => import('./errors.ts'));
    expect(printed).toContain("kind: 'rate-limit',\n  retryable: true,\n  retryAfterMs: 7000");
    expect(printed).toContain('Whose limit: account-minute\n');
  });

  it('errors asks for credits where they are missing', async () => {
    simulator.next(insufficientCredits());
    await run(() => import('./errors.ts'));
    expect(printed).toContain("kind: 'insufficient-credits',\n  retryable: false");
    expect(printed).toContain('Time to add credits.\n');
  });

  it('tools-round-trip sends back the call, the thoughts behind it and the result', async () => {
    const call = { id: 'call_1', name: 'get_weather', arguments: { city: 'Paris' } };
    simulator.next(reply({ reasoning: 'I need the weather.', toolCalls: [call] }), reply('Sunny, 21 degrees.'));
    await run(() => import('./tools-round-trip.ts'));
    expect(printed).toBe('Calls get_weather {"city":"Paris"}\nSunny, 21 degrees.\n');
    const details = [{ type: 'reasoning.text', text: 'I need the weather.', signature: 'simulated-signature' }];
    expect(simulator.requests[1]?.json).toMatchObject({
      messages: [
        { role: 'user' },
        { role: 'assistant', tool_calls: [{ id: 'call_1' }], reasoning_details: details },
        { role: 'tool', tool_call_id: 'call_1', content: expect.stringContaining('"celsius":21') },
      ],
    });
  });

  it('images-in sends the picture with the question', async () => {
    simulator.next(reply('Crimson.'));
    await run(() => import('./images-in.ts'));
    expect(printed).toBe('Crimson.\n');
    const image = { type: 'image_url', image_url: { url: expect.stringMatching(/^data:image\/png;base64,iVBOR/) } };
    expect(simulator.requests[0]?.json).toMatchObject({ messages: [{ content: [{ type: 'text' }, image] }] });
  });

  it('timeouts prints an answer that comes in time', async () => {
    simulator.next(reply('Hello, hola, salut, hallo, ciao.'));
    await run(() => import('./timeouts.ts'));
    expect(printed).toBe('Hello, hola, salut, hallo, ciao.\n');
  });

  it('timeouts prints which wait was too long', async () => {
    simulator.next(hang({ before: 'headers' }));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const program = run(() => import('./timeouts.ts'));
    await simulator.received(1);
    await vi.advanceTimersByTimeAsync(30_000);
    await program;
    expect(printed).toBe('Waited too long (total); what it may have cost: possible\n');
  });

  it('attribution says who is asking', async () => {
    await run(() => import('./attribution.ts'));
    expect(printed).toContain('simulated answer');
    expect(simulator.requests[0]?.headers).toMatchObject({
      'http-referer': 'https://app.example.com',
      'x-title': 'Example App',
      'x-openrouter-title': 'Example App',
      'x-openrouter-categories': 'general-chat',
    });
  });

  it('custom-fetch prints each request', async () => {
    simulator.next(reply('Hello!'));
    await run(() => import('./custom-fetch.ts'));
    expect(printed).toBe('POST /api/v1/chat/completions 200\nHello!\n');
  });

  it('response-details prints what came beside the answer', async () => {
    simulator.next(reply('Hello!'));
    await run(() => import('./response-details.ts'));
    const { id } = simulator.generations[0] ?? {};
    expect(printed).toBe(`Hello!\n200 ${id} application/json\nRequests made: 1\n`);
  });
});
