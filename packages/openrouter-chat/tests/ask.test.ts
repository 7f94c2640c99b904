import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import {
  brokenAnswer,
  delta,
  failure,
  hangAfter,
  reply,
  Simulator,
  stream,
  type StreamEvent,
} from 'openrouter-ts/testing';
import { startSimulatorServer, type SimulatorServer } from 'openrouter-ts/testing/server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { buildCli, type BuiltCli } from './support/build-cli.ts';
import { startCli, type EndedCli, type RunningCli, type StartOptions } from './support/start-cli.ts';

const key = 'sk-or-v1-0123456789abcdef';

let cli: BuiltCli;
let simulator: Simulator;
let server: SimulatorServer;
let running: readonly RunningCli[] = [];

beforeAll(async () => {
  cli = await buildCli();
});

afterAll(() => cli.remove());

beforeEach(async () => {
  simulator = new Simulator();
  server = await startSimulatorServer(simulator);
});

afterEach(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  running = [];
  await server.close();
});

function start(args: readonly string[], options: StartOptions = {}): RunningCli {
  const env = { OPENROUTER_API_KEY: key, OPENROUTER_BASE_URL: server.baseURL, ...options.env };
  const started = startCli(cli.file, args, { ...options, env });
  running = [...running, started];
  return started;
}

function orc(args: readonly string[], options?: StartOptions): Promise<EndedCli> {
  return start(args, options).ended;
}

function question(): unknown {
  return (simulator.requests[0]!.json as { messages: { content: string }[] }).messages[0]?.content;
}

const footer = /^ {2}[\d,]+ in · [\d,]+ out · <?\$[\d.]+ · [\d.]+ s · [\d.,]+ tok\/s · OpenAI\n$/;

describe('orc', () => {
  it('asks one question: the answer on stdout, the bill on stderr', async () => {
    simulator.next(reply('The sky is blue.\n'));
    const { code, stdout, stderr } = await orc(['ask', 'why is', 'the sky blue?']);
    expect([code, stdout]).toEqual([0, 'The sky is blue.\n']);
    expect(stderr).toMatch(footer);
    expect(question()).toBe('why is the sky blue?');
  });

  it('asks what is piped in, with and without words', async () => {
    const { code, stderr } = await orc([], { input: 'from a pipe\n' });
    expect(code).toBe(0);
    expect(stderr).toMatch(footer);
    expect(question()).toBe('from a pipe');
    simulator = new Simulator();
    const other = await startSimulatorServer(simulator);
    await orc(['explain this'], { input: 'line 1\nline 2\n', env: { OPENROUTER_BASE_URL: other.baseURL } });
    expect(question()).toBe('explain this\n\nline 1\nline 2');
    await other.close();
  });

  it('pipes byte for byte, control sequences and all', async () => {
    const text = 'a\x1b[31mb\r\n\u009bc 😀 ';
    simulator.next(reply({ content: Array.from(text) }));
    expect((await orc(['ask', 'x'])).stdout).toBe(text);
  });

  it('answers without key and network in the demonstration, and says so', async () => {
    const { code, stdout, stderr } = await orc(['ask', '--demo', 'hello'], { env: { OPENROUTER_API_KEY: '' } });
    expect(code).toBe(0);
    expect(stdout).toContain('This is a simulated answer');
    expect(stderr).toMatch(/^Demo: the answer is simulated; nothing is sent, nothing is charged\.\n/);
    expect(stderr).toMatch(/ · simulated\n$/);
    expect(simulator.requests).toEqual([]);
  });

  it('tells its version', async () => {
    expect(await orc(['--version'])).toMatchObject({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  it('leaves with 2 when it does not understand', async () => {
    const { code, stdout, stderr } = await orc(['ask', '--modle', 'x']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Did you mean --model?');
  });

  it('leaves with 3 when there is no key', async () => {
    const { code, stdout, stderr } = await orc(['ask', 'hello'], { env: { OPENROUTER_API_KEY: '' } });
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain('No API key yet.');
  });

  it('leaves with 4 when the key is rejected, and never shows it', async () => {
    simulator.next(failure(401, { message: `No user for ${key}` }));
    const { code, stdout, stderr } = await orc(['ask', 'hello']);
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toContain('OpenRouter rejected the key from OPENROUTER_API_KEY.\n  No user for sk-or-…\n');
    expect(stderr).not.toContain('0123456789');
  });

  it('leaves with 7 when there is no such model', async () => {
    const { code, stdout, stderr } = await orc(['ask', '-m', 'openai/gpt-4o-mni', 'hello']);
    expect([code, stdout]).toEqual([7, '']);
    expect(stderr).toContain('There is no model openai/gpt-4o-mni.');
  });

  it('leaves with 9 when the provider fails in the middle, and what had arrived is there', async () => {
    simulator.next(brokenAnswer({ answer: 'The beginning', message: 'Overloaded' }));
    const { code, stdout, stderr } = await orc(['ask', 'hello']);
    expect([code, stdout]).toEqual([9, 'The beginning']);
    expect(stderr).toContain('The answer broke off: the provider failed.\n  Overloaded\n');
  });

  it('leaves with 10 when nobody answers at the address', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    const { code, stdout, stderr } = await orc(['ask', 'hello'], {
      env: { OPENROUTER_BASE_URL: `http://127.0.0.1:${port}/api/v1` },
    });
    expect([code, stdout]).toEqual([10, '']);
    expect(stderr).toContain(`Can't reach 127.0.0.1:${port}: connection refused (ECONNREFUSED).`);
  });
});

describe('a reader that has seen enough', () => {
  function* endless(): Generator<StreamEvent> {
    for (;;) yield delta({ content: 'one more line\n' });
  }

  it('ends the request at once, and is no failure', async () => {
    simulator.next(stream(endless(), { delayMs: 1 }));
    const { child, ended, prints } = start(['ask', 'hello']);
    await prints('one more line');
    child.stdout.destroy();
    const { code, signal, stderr } = await ended;
    expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
    await simulator.requests[0]?.over;
    expect(simulator.requests[0]?.closedByClient).toBe(true);
  });
});

describe('Ctrl-C in the middle of an answer', () => {
  it('leaves with 130, and what had arrived is there', async () => {
    simulator.next(hangAfter(reply({ content: ['One', ' two', ' three'], keepAlives: 0 }), { events: 2 }));
    const { child, ended, prints } = start(['ask', 'hello']);
    await prints('One');
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(130);
    expect(stdout).toMatch(/^One/);
    expect(stderr).toContain('Stopped. What had arrived is kept.\n  cost unknown');
    await simulator.requests[0]?.over;
    expect(simulator.requests[0]?.closedByClient).toBe(true);
  });
});
