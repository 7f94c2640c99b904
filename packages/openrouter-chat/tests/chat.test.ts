import { hangAfter, reply, Simulator } from 'openrouter-ts/testing';
import { startSimulatorServer, type SimulatorServer } from 'openrouter-ts/testing/server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { buildCli, type BuiltCli } from './support/build-cli.ts';
import { startOnPty, type Pty, type PtyOptions } from './support/pty.ts';

let cli: BuiltCli;
let simulator: Simulator;
let server: SimulatorServer;
let terminals: readonly Pty[] = [];

beforeAll(async () => {
  cli = await buildCli();
});

afterAll(() => cli.remove());

beforeEach(async () => {
  simulator = new Simulator();
  server = await startSimulatorServer(simulator);
});

afterEach(async () => {
  for (const terminal of terminals) terminal.close();
  terminals = [];
  await server.close();
});

function start(args: readonly string[] = [], options: Partial<PtyOptions> = {}): Pty {
  const env = { OPENROUTER_API_KEY: 'sk-or-v1-test', OPENROUTER_BASE_URL: server.baseURL, ...options.env };
  const terminal = startOnPty(cli.file, args, { ...options, env });
  terminals = [...terminals, terminal];
  return terminal;
}

function contents(index: number): readonly string[] {
  const { messages } = simulator.requests[index]!.json as { messages: { content: string }[] };
  return messages.map(({ content }) => content);
}

/** What depends on how fast the machine is. */
function withoutSpeed(screen: string): string {
  return screen.replace(/\d+\.\d s · [\d.,]+ tok\/s/g, 'TIME · SPEED');
}

describe('a chat on a terminal', () => {
  it('looks like this', async () => {
    const long = 'The sky is blue because air scatters short waves of light more than long ones, and blue is short.';
    simulator.next(
      reply({ content: long, usage: { prompt: 9, completion: 22, cost: 0.0089 } }),
      reply({ content: 'It is red.\x1b]0;evil\x07', usage: { prompt: 40, cached: 20, completion: 4, cost: 0.0003 } }),
    );
    const { type, shows, ended, screen } = start();
    await shows('❯');
    type('why is the sky blue?\r');
    await shows(/session \$0\.0089\n+❯/);
    type('and at sunset?\r');
    await shows(/session \$0\.0092\n+❯/);
    type('\x04');
    expect(await ended).toBe(0);
    expect(withoutSpeed(screen())).toBe(
      `
orc ${manifest.version} · openai/gpt-4o-mini · /help

❯ why is the sky blue?

The sky is blue because air scatters short waves of light more than long ones, a
nd blue is short.

  9 in · 22 out · $0.0089 · TIME · SPEED · OpenAI · session $0.0089

❯ and at sunset?

It is red.

  40 in (20 cached) · 4 out · $0.0003 · TIME · SPEED · session $0.0092

❯
`.trim(),
    );
    expect(contents(1)).toEqual(['why is the sky blue?', long, 'and at sunset?']);
  });

  it('stops an answer with Ctrl-C and goes on; two more at the prompt leave', async () => {
    simulator.next(hangAfter(reply({ content: ['One', ' two', ' three'], keepAlives: 0 }), { events: 2 }));
    const { type, shows, ended } = start();
    await shows('❯');
    type('count\r');
    await shows('One');
    type('\x03');
    await shows(/Stopped\. What had arrived is kept\.[\s\S]+❯/);
    type('\x03');
    await shows('Press Ctrl-C again to leave');
    type('\x03');
    expect(await ended).toBe(0);
    await simulator.requests[0]?.over;
    expect(simulator.requests[0]?.closedByClient).toBe(true);
  });

  it('sends what is pasted as one message', async () => {
    const { type, shows, ended, sent } = start();
    await shows('❯');
    expect(sent()).toContain('\x1b[?2004h');
    type('\x1b[200~def f():\r\treturn 1\r\x1b[201~');
    await shows('return 1');
    type('what is this?\r');
    await shows(/session .+\n+❯/);
    type('/quit\r');
    expect(await ended).toBe(0);
    expect(contents(0)).toEqual(['def f():\n\treturn 1\nwhat is this?']);
  });

  it('gives a failed question back with the up arrow', async () => {
    const { type, shows, ended } = start(['-m', 'nope/nope']);
    await shows('❯');
    type('are you there?\r');
    await shows(/There is no model nope\/nope\.[\s\S]+Your message is kept[\s\S]+❯/);
    type('/model openai/gpt-4o-mini\r');
    await shows(/→ openai\/gpt-4o-mini\.\n+❯/);
    type('\x1b[A\x1b[A\r');
    await shows(/session .+\n+❯/);
    type('\x04');
    expect(await ended).toBe(0);
    expect([contents(0), contents(1)]).toEqual([['are you there?'], ['are you there?']]);
  });

  it('is one key away for somebody without a key', async () => {
    const { type, shows, ended, screen } = start([], { env: { OPENROUTER_API_KEY: '' } });
    await shows('[q] quit');
    type('d');
    await shows('Demo: all answers are simulated; nothing is sent, nothing is charged.');
    await shows('❯');
    type('\x04');
    expect(await ended).toBe(0);
    expect(screen()).toContain('1. export OPENROUTER_API_KEY=…');
  });

  it('leaves the terminal as it was when it is told to end', async () => {
    const { shows, kill, ended, sent } = start();
    await shows('❯');
    kill('SIGTERM');
    expect(await ended).toBe(143);
    expect(sent().lastIndexOf('\x1b[?2004l')).toBeGreaterThan(sent().lastIndexOf('\x1b[?2004h'));
  });

  it('keeps to ASCII and without colours where it is told to', async () => {
    const { type, shows, ended, screen, sent } = start([], { env: { LANG: 'C', NO_COLOR: '1' } });
    await shows('>');
    type('hi\r');
    await shows(/session .+\n+>/);
    type('\x04');
    expect(await ended).toBe(0);
    expect(screen().replace(/“.+?”/g, '')).toMatch(/^[ -~\n]+$/);
    expect(sent()).not.toMatch(/\x1b\[\d+m/); // oxlint-disable-line no-control-regex -- colours begin like this
  });
});

describe('one question on a terminal', () => {
  it('is answered without anything that commands the terminal', async () => {
    simulator.next(reply({ content: ['Good', '\x1b[2', 'J\x1b]52;c;cm0=\x07', ' day\r\n', 'to you'] }));
    const { ended, screen, sent } = start(['ask', 'hi'], { env: { NO_COLOR: '1' } });
    expect(await ended).toBe(0);
    expect(screen()).toMatch(/^Good day\nto you\n\n {2}\d+ in · /);
    expect(sent()).not.toContain('\x1b[2J');
    expect(sent()).not.toContain('\x1b]52');
  });
});
