import { format } from 'node:util';
import {
  brokenAnswer,
  cutAfter,
  failure,
  hang,
  hangAfter,
  insufficientCredits,
  rateLimited,
  reply,
  Simulator,
  type SimulatorOptions,
} from 'openrouter-ts/testing';
import { startSimulatorServer, type SimulatorServer } from 'openrouter-ts/testing/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

let simulator: Simulator;
let server: SimulatorServer;
let printed: string;

/** Puts the simulator where the programs look for OpenRouter. */
async function serve(options: SimulatorOptions): Promise<void> {
  simulator = new Simulator(options);
  server = await startSimulatorServer(simulator);
  vi.stubEnv('OPENROUTER_API_KEY', 'simulated');
  vi.stubEnv('OPENROUTER_BASE_URL', server.baseURL);
}

beforeEach(async () => {
  await serve({ generationLag: 0 });
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
    simulator.next(rateLimited({ retryAfterS: 70 }));
    await run(() => import('./errors.ts'));
    expect(printed).toContain("kind: 'rate-limit',\n  retryable: true,\n  retryAfterMs: 70000");
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

  it('retries prints each request and what became of it', async () => {
    simulator.next(failure(503, { headers: { 'retry-after-ms': '1' } }), reply('Hello!'));
    await run(() => import('./retries.ts'));
    expect(printed).toBe('Hello!\n1 503 provider\n2 200 answered\n');
  });

  it('retries prints why it was not tried again', async () => {
    simulator.next(rateLimited({ retryAfterS: 21 }));
    await run(() => import('./retries.ts'));
    expect(printed).toContain('Requests made: 1\nNo further try because of: wait\n');
  });

  it('fallback prints who answered and who was asked', async () => {
    const gone = failure(503, { headers: { 'retry-after-ms': '1' } });
    simulator.next(gone, gone, reply('Hello from elsewhere!'));
    await run(() => import('./fallback.ts'));
    expect(printed).toBe(
      'Hello from elsewhere!\nAnswered by anthropic/claude-haiku-4.5\n' +
        'Asked: openai/gpt-4o-mini (503), openai/gpt-4o-mini (503), anthropic/claude-haiku-4.5 (200)\n',
    );
  });

  it('failover prints one text although two answers made it', async () => {
    const words = ['Once ', 'there ', 'was ', 'a lighthouse.'];
    simulator.next(cutAfter(reply({ content: words, keepAlives: 0 }), { events: 2 }), reply('was a lighthouse.'));
    await run(() => import('./failover.ts'));
    expect(printed).toContain('1. openai/gpt-4o-mini: stream-interrupted\n\n2. openai/gpt-4o-mini: complete\n');
    expect(printed.replaceAll(/\s+/g, ' ')).toMatch(/^Once there was a lighthouse\./);
    expect(simulator.requests[1]?.json).toMatchObject({ messages: [{ role: 'user' }, { role: 'assistant' }] });
  });

  it('hooks prints what happens in a call', async () => {
    simulator.next(failure(503, { headers: { 'retry-after-ms': '1' } }), reply('Hello!'));
    await run(() => import('./hooks.ts'));
    expect(printed).toContain('Call 1: provider; another try in 1 ms\n');
    expect(printed).toContain(`openai/gpt-4o-mini: 2 requests, 8 tokens, $${simulator.spentUsd}\nHello!\n`);
    expect(printed).toContain('POST /chat/completions failed: BadRequestError');
    expect(printed).toContain("A call fails somewhere: {\n  type: 'error'");
  });

  it('find-models prints what fits, what stands in, and what was meant', async () => {
    simulator.when({ path: '/chat/completions' }, reply('Hello!'));
    await run(() => import('./find-models.ts'));
    expect(printed).toBe(
      'openai/gpt-oss-20b:free 131072 0\n' +
        'meta-llama/llama-3.3-70b-instruct 131072 0.0000001\n' +
        'openai/gpt-4o-mini 128000 0.00000015\n' +
        'openai/gpt-5-mini 400000 0.00000025\n' +
        'Could stand in: google/gemini-2.5-flash, openai/gpt-5-mini\n' +
        'Hello!\n' +
        'Did you mean openai/gpt-4o-mini\n',
    );
  });

  it('list-models prints how many models there are of two kinds', async () => {
    await run(() => import('./list-models.ts'));
    expect(printed).toMatch(/^[1-9]\d* models call tools\n[1-9]\d* models draw\n$/);
  });

  it('estimate-and-check prints what is odd about a request and what it may cost', async () => {
    await run(() => import('./estimate-and-check.ts'));
    expect(printed).toMatch(/^dropped: top_k: /);
    const [, likely, low, high] = /Likely \$(\S+), at least \$(\S+), at most \$(\S+)\n- /.exec(printed) ?? [];
    expect(Number(low)).toBeLessThan(simulator.spentUsd);
    expect(Number(likely)).toBeLessThanOrEqual(Number(high));
    expect(Number(high)).toBeGreaterThan(simulator.spentUsd);
    expect(printed).toContain(`It cost $${simulator.spentUsd}.\n`);
  });

  it('budget prints the answer and what is spent', async () => {
    simulator.when({ path: '/chat/completions' }, reply('The tide moves.'));
    await run(() => import('./budget.ts'));
    const spent = simulator.spentUsd;
    expect(printed).toBe(`The tide moves.\nclient: $${spent} spent\ntag summaries: $${spent} spent\n`);
  });

  it('budget prints why a call was not sent', async () => {
    await server.close();
    await serve({ models: [{ id: 'openai/gpt-4o-mini', pricing: { prompt: '0', completion: '0.001' } }] });
    await run(() => import('./budget.ts'));
    expect(printed).toContain(
      'Not sent. Budget of the call: $0.01, spent: $0\nAt worst it would have cost, in USD: 0.2',
    );
    expect(simulator.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('costs prints what calls cost, also one that was given up', async () => {
    const words = Array.from({ length: 1_000 }, (_, index) => `word ${index}, `);
    simulator.next(hangAfter(reply({ content: words }), { events: 50 }));
    await run(() => import('./costs.ts'));
    const spent = simulator.spentUsd;
    expect(spent).toBeGreaterThan(0);
    expect(printed).toContain('Booked: openai/gpt-4o-mini counting not known (');
    expect(printed).toContain(`Not known: 1\nBooked: openai/gpt-4o-mini counting 0.0000`);
    expect(printed).toContain('Settled: 1 left: 0\nAll requests (1): $');
    expect(printed).toContain(`counting: $${spent}\nnumber,at,model,`);
  });

  it('key-and-limits prints what is left and how fast the client sends', async () => {
    await run(() => import('./key-and-limits.ts'));
    expect(printed).toContain(
      'Spent with this key: 0 USD; left: no limit\nall: 5.00/s, 0 waiting\nfree: 0.33/s, 0 waiting\n' +
        'Credit: not limited, or not known\nFree requests of today: 999 told ',
    );
  });

  it('key-and-limits prints that little is left', async () => {
    await server.close();
    await serve({ keyLimitUsd: 0.5 });
    await run(() => import('./key-and-limits.ts'));
    expect(printed).toContain('credit-low: 0.5 left, less than 1\nCredit: 0.5\n');
  });
});
