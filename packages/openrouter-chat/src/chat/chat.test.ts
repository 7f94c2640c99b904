import { startSimulatorServer, type SimulatorServer } from 'openrouter-ts/testing/server';
import { failure, hang, hangAfter, reply, Simulator, stream, delta } from 'openrouter-ts/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeSurroundings, type FakeOptions, type FakeSurroundings } from '../../tests/support/fake-surroundings.ts';
import { exitCode } from '../exit-code.ts';
import { run } from '../run.ts';
import { version } from '../version.ts';

let simulator: Simulator;
let server: SimulatorServer;

beforeEach(async () => {
  simulator = new Simulator();
  server = await startSimulatorServer(simulator);
});

afterEach(() => server.close());

interface Chat extends FakeSurroundings {
  readonly ended: Promise<number>;
  /** Waits for so many prompts to have been shown (each turns bracketed paste on once), then types. */
  readonly type: (keys: string, prompts: number) => Promise<void>;
}

function start(args: readonly string[] = [], options: FakeOptions = {}): Chat {
  const env = {
    OPENROUTER_API_KEY: 'sk-or-v1-test',
    OPENROUTER_BASE_URL: server.baseURL,
    NO_COLOR: '1',
    ...options.env,
  };
  const fake = fakeSurroundings({ terminal: { stdout: true, stderr: true }, ...options, args, env });
  const type = async (keys: string, prompts: number): Promise<void> => {
    await fake.shows(new RegExp(`(?:\\x1b\\[\\?2004h[\\s\\S]*){${prompts}}`));
    fake.stdin.write(keys);
  };
  return { ...fake, ended: run(fake.surroundings), type };
}

function messages(index: number): unknown {
  return (simulator.requests[index]!.json as { messages: unknown }).messages;
}

const halted = hangAfter(reply({ content: ['One', ' two', ' three'], keepAlives: 0 }), { events: 2 });

describe('a chat', () => {
  it('greets, answers, and adds up what it costs', async () => {
    simulator.next(reply({ content: 'One.', usage: { cost: 0.1 } }), reply({ content: 'Two.', usage: { cost: 0.2 } }));
    const { type, ended, stderr, stdout } = start();
    await type('one?\r', 1);
    await type('two?\r', 2);
    await type('\x04', 3);
    expect(await ended).toBe(exitCode.ok);
    expect(stderr()).toContain(`orc ${version} · openai/gpt-4o-mini · /help\n`);
    expect(stdout()).toContain('One.\n');
    expect(stderr()).toContain(' · session $0.10\n');
    expect(stderr()).toContain(' · session $0.30\n');
  });

  it('sends what was said, with the reasoning as it came', async () => {
    simulator.next(reply({ content: 'Deep.', reasoning: ['Let me', ' think'] }));
    const { type, ended } = start(['-m', 'anthropic/claude-sonnet-4.5']);
    await type('one?\r', 1);
    await type('two?\r', 2);
    await type('/quit\r', 3);
    expect(await ended).toBe(exitCode.ok);
    expect(messages(1)).toEqual([
      { role: 'user', content: 'one?' },
      expect.objectContaining({
        role: 'assistant',
        content: 'Deep.',
        reasoning_details: [expect.objectContaining({ type: 'reasoning.text', text: 'Let me think' })],
      }),
      { role: 'user', content: 'two?' },
    ]);
  });

  it('begins with the question of the command line', async () => {
    const { type, ended } = start(['chat', 'hello', 'you']);
    await type('\x04', 1);
    expect(await ended).toBe(exitCode.ok);
    expect(messages(0)).toEqual([{ role: 'user', content: 'hello you' }]);
  });

  it('takes an empty line for nothing, and commands for commands', async () => {
    const { type, ended, stderr } = start();
    await type('\r', 1);
    await type('/modle\r', 2);
    await type('\x03/model a/b\r', 3);
    await type('//hi\r', 4);
    await type('\x04', 5);
    expect(await ended).toBe(exitCode.ok);
    expect(stderr()).toContain('Did you mean /model?');
    expect(stderr()).toContain('→ a/b.');
    expect(simulator.requests.map((request) => (request.json as { model: string }).model)).toEqual(['a/b']);
    expect(messages(0)).toEqual([{ role: 'user', content: '/hi' }]);
  });

  it('prompts on stderr when stdout goes elsewhere, and keeps the answers apart there', async () => {
    simulator.next(reply('One.'), reply('Two.\x1b[0m'));
    const { type, ended, stdout } = start(['chat'], { terminal: { stdout: false, stderr: true } });
    await type('one?\r', 1);
    await type('two?\r', 2);
    await type('\x04', 3);
    expect(await ended).toBe(exitCode.ok);
    expect(stdout()).toBe('One.\nTwo.\x1b[0m\n');
  });

  it.each<[name: string, options: FakeOptions]>([
    ['a keyboard', { piped: 'hi' }],
    ['a screen', { terminal: {} }],
  ])('needs %s', async (_, options) => {
    const { ended, stderr } = start(['chat'], options);
    expect(await ended).toBe(exitCode.usage);
    expect(stderr()).toContain('A chat needs a terminal.');
  });

  it('does not begin with a setting that cannot work', async () => {
    const { ended, stderr } = start([], { env: { OPENROUTER_BASE_URL: 'nonsense' } });
    expect(await ended).toBe(exitCode.notConfigured);
    expect(stderr()).toContain('A setting cannot work.');
  });
});

describe('an answer that is stopped', () => {
  it.each([
    ['Ctrl-C', '\x03'],
    ['Esc', '\x1b'],
  ])('with %s is kept as far as it came, and told to the model like that', async (_, key) => {
    simulator.next(halted);
    const { type, ended, shows, stdin, stderr } = start();
    await type('one?\r', 1);
    await shows('One');
    stdin.write(key);
    await shows('Stopped. What had arrived is kept.');
    await type('two?\r', 2);
    await type('\x04', 3);
    expect(await ended).toBe(exitCode.ok);
    expect(messages(1)).toEqual([
      { role: 'user', content: 'one?' },
      { role: 'assistant', content: expect.stringMatching(/^One/) },
      { role: 'user', content: 'two?' },
    ]);
    expect(stderr()).toContain('+ 1 unknown');
    expect(simulator.requests[0]?.closedByClient).toBe(true);
  });

  it('before anything came stands at the prompt again', async () => {
    simulator.next(hang({ before: 'content' }));
    const { type, ended, stdin } = start();
    await type('one?\r', 1);
    await simulator.received(1);
    stdin.write('\x03');
    await type('!\r', 2);
    await type('\x04', 3);
    expect(await ended).toBe(exitCode.ok);
    expect(messages(1)).toEqual([{ role: 'user', content: 'one?!' }]);
  });

  it('by a signal is stopped as well, and twice ends the program', async () => {
    simulator.next(halted);
    const { type, ended, shows, send, exits } = start();
    await type('one?\r', 1);
    await shows('One');
    send('SIGINT');
    send('SIGINT');
    expect(exits).toEqual([exitCode.interrupted]);
    await type('\x04', 2);
    expect(await ended).toBe(exitCode.ok);
  });
});

describe('what is typed while an answer comes', () => {
  it('stands at the next prompt', async () => {
    simulator.next(halted);
    const { type, ended, shows, stdin } = start();
    await type('one?\r', 1);
    await shows('One');
    stdin.write('nexx\x7ft\rone?');
    stdin.write('\x03');
    await type('\r', 2);
    await type('\x04', 3);
    expect(await ended).toBe(exitCode.ok);
    expect(messages(1)).toMatchObject([{}, {}, { role: 'user', content: 'next one?' }]);
  });
});

describe('a question that gets no answer', () => {
  it('is kept for /retry and the up arrow, and is not part of the conversation', async () => {
    simulator.next(failure(401), failure(502));
    const { type, ended, stderr } = start();
    await type('one?\r', 1);
    await type('/retry\r', 2);
    await type('\x1b[A\x1b[A\r', 3);
    await type('\x04', 4);
    expect(await ended).toBe(exitCode.ok);
    expect(stderr()).toContain('OpenRouter rejected the key from OPENROUTER_API_KEY.');
    expect(stderr()).toContain('Your message is kept: press the up arrow, or type /retry.');
    expect(stderr().match(/cost unknown/g)).toBeNull();
    const once = [{ role: 'user', content: 'one?' }];
    expect([messages(0), messages(1), messages(2)]).toEqual([once, once, once]);
  });

  it('is asked again in its own place', async () => {
    simulator.next(reply('One.'), reply('Uno.'));
    const { type, ended } = start();
    await type('one?\r', 1);
    await type('/retry\r', 2);
    await type('two?\r', 3);
    await type('\x04', 4);
    expect(await ended).toBe(exitCode.ok);
    expect(messages(2)).toMatchObject([{ content: 'one?' }, { content: 'Uno.' }, { content: 'two?' }]);
  });
});

describe('the end of the chat', () => {
  it.each([
    ['SIGTERM', exitCode.terminated],
    ['SIGHUP', exitCode.hungUp],
  ] as const)('comes with %s, at the prompt', async (signal, code) => {
    const { ended, shows, send, stdin, listeners } = start();
    await shows('❯ ');
    send(signal);
    expect(await ended).toBe(code);
    expect(stdin.rawModes.at(-1)).toBe(false);
    expect(listeners(signal)).toBe(0);
  });

  it('comes with SIGTERM in the middle of an answer', async () => {
    simulator.next(halted);
    const { type, ended, shows, send, stdin } = start();
    await type('one?\r', 1);
    await shows('One');
    send('SIGTERM');
    expect(await ended).toBe(exitCode.terminated);
    expect(stdin.rawModes.at(-1)).toBe(false);
  });

  it('comes when nobody reads any more', async () => {
    simulator.next(
      stream(
        Array.from({ length: 100 }, () => delta({ content: 'word ' })),
        { delayMs: 5 },
      ),
    );
    const { type, ended, shows, surroundings } = start();
    await type('one?\r', 1);
    await shows('word');
    surroundings.stdout.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    expect(await ended).toBe(exitCode.ok);
  });

  it('comes with Ctrl-C twice at an empty prompt', async () => {
    const { type, ended, shows } = start();
    await type('\x03', 1);
    await shows('Press Ctrl-C again to leave, or Ctrl-D.');
    await type('\x03', 1);
    expect(await ended).toBe(exitCode.ok);
  });
});

describe('the demonstration', () => {
  it('says in greeting and footer that it is one', async () => {
    const { type, ended, stderr } = start(['--demo']);
    await type('hi\r', 1);
    await type('/cost\r', 2);
    await type('\x04', 3);
    expect(await ended).toBe(exitCode.ok);
    expect(stderr()).toContain('Demo: all answers are simulated; nothing is sent, nothing is charged.');
    expect(stderr()).toContain(' · simulated · session ');
    expect(stderr()).toContain(' in this session (simulated)');
    expect(simulator.requests).toEqual([]);
  });
});
