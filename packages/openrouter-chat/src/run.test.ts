import { startSimulatorServer, type SimulatorServer } from 'openrouter-ts/testing/server';
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
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeSurroundings, type FakeOptions, type FakeSurroundings } from '../tests/support/fake-surroundings.ts';
import { exitCode } from './exit-code.ts';
import { run } from './run.ts';

let simulator: Simulator;
let server: SimulatorServer;

beforeEach(async () => {
  simulator = new Simulator();
  server = await startSimulatorServer(simulator);
});

afterEach(() => server.close());

const onTerminal = { stdout: true, stderr: true };

function place(args: readonly string[], options: FakeOptions = {}): FakeSurroundings {
  const env = {
    OPENROUTER_API_KEY: 'sk-or-v1-test',
    OPENROUTER_BASE_URL: server.baseURL,
    NO_COLOR: '1',
    ...options.env,
  };
  return fakeSurroundings({ ...options, args, env });
}

/** What the simulator was asked, without what every request has. */
function asked(index: number): { model: string; messages: readonly { role: string; content: string }[] } {
  return simulator.requests[index]?.json as never;
}

describe('orc ask', () => {
  it('prints the answer and nothing else to stdout, and the bill to stderr', async () => {
    simulator.next(reply({ content: 'Blue.', usage: { prompt: 7, completion: 2, cost: 0.0007 } }));
    const { surroundings, stdout, stderr } = place(['ask', 'What', 'colour?'], { piped: '' });
    expect(await run(surroundings)).toBe(exitCode.ok);
    expect(stdout()).toBe('Blue.');
    expect(stderr()).toMatch(/^ {2}7 in · 2 out · \$0\.0007 · \d+\.\d s · [\d.,]+ tok\/s · OpenAI\n$/);
    expect(asked(0)).toMatchObject({
      model: 'openai/gpt-4o-mini',
      messages: [{ role: 'user', content: 'What colour?' }],
    });
  });

  it('says who asks', async () => {
    await run(place(['ask', 'Hi'], { piped: '' }).surroundings);
    expect(simulator.requests[0]?.headers).toMatchObject({
      authorization: 'Bearer sk-or-v1-test',
      'x-title': 'openrouter-chat',
      'x-openrouter-categories': 'cli-agent',
    });
  });

  it('asks the model that the command line names', async () => {
    const { surroundings } = place(['-m', 'google/gemini-2.5-flash', 'two words'], {
      piped: '',
      env: { ORC_MODEL: 'x/y' },
    });
    expect(await run(surroundings)).toBe(exitCode.ok);
    expect(asked(0).model).toBe('google/gemini-2.5-flash');
  });

  it('puts what is piped in after what was typed', async () => {
    await run(place(['ask', 'Explain'], { piped: 'line 1\nline 2\n' }).surroundings);
    expect(asked(0).messages[0]?.content).toBe('Explain\n\nline 1\nline 2');
  });

  it('sets the footer apart on a terminal, and lets no control sequence through', async () => {
    simulator.next(reply('Red \x1b[31malert\x1b[0m'));
    const { surroundings, screen, stdout } = place(['ask', 'Hi'], { terminal: onTerminal });
    await run(surroundings);
    expect(stdout()).toBe('Red alert\n');
    expect(screen()).toMatch(/^Red alert\n\n {2}\d+ in/);
  });

  it('says that an answer was cut off, and that is no failure', async () => {
    simulator.next(reply({ content: 'One two', finishReason: 'length' }));
    const { surroundings, stderr } = place(['ask', 'Hi'], { piped: '' });
    expect(await run(surroundings)).toBe(exitCode.ok);
    expect(stderr()).toMatch(/^Cut off: /);
  });

  it('says that there was no text, and that is one', async () => {
    simulator.next(reply({ content: null, reasoning: 'Hm' }));
    const { surroundings, stdout, stderr } = place(['ask', 'Hi'], { piped: '' });
    expect(await run(surroundings)).toBe(exitCode.upstreamFailed);
    expect([stdout(), stderr()]).toEqual(['', expect.stringContaining('The model returned nothing.')]);
  });

  it('keeps what had arrived when the provider fails', async () => {
    simulator.next(brokenAnswer({ answer: 'The beginning' }));
    const { surroundings, stdout, stderr } = place(['ask', 'Hi'], { piped: '' });
    expect(await run(surroundings)).toBe(exitCode.upstreamFailed);
    expect([stdout(), stderr()]).toEqual(['The beginning', expect.stringContaining('The answer broke off')]);
  });

  it('says that the cost is unknown when the connection broke', async () => {
    simulator.next(stream([delta({ content: 'Half' })], { done: false }));
    const { surroundings, stderr } = place(['ask', 'Hi'], { piped: '' });
    expect(await run(surroundings)).toBe(exitCode.upstreamFailed);
    expect(stderr()).toContain('cost unknown');
  });

  it.each([
    [['ask'], ''],
    [['ask', ' '], '\n'],
    [[], ''],
  ])('has nothing to ask with %j and %j', async (args, piped) => {
    const { surroundings, stderr } = place(args, { piped });
    expect(await run(surroundings)).toBe(exitCode.usage);
    expect(stderr()).toContain('There is nothing to ask.');
    expect(simulator.requests).toEqual([]);
  });

  it.each([
    ['it is not UTF-8 text', new Uint8Array([0xff])],
    ['it holds binary data', 'a\0'],
  ])('refuses what is piped in when %s', async (why, piped) => {
    const { surroundings, stderr } = place(['ask'], { piped });
    expect(await run(surroundings)).toBe(exitCode.usage);
    expect(stderr()).toContain(`Cannot read standard input: ${why}.`);
  });

  it('does not send a key that cannot be one', async () => {
    const { surroundings, stderr } = place(['ask', 'Hi'], { piped: '', env: { OPENROUTER_API_KEY: 'two words' } });
    expect(await run(surroundings)).toBe(exitCode.notConfigured);
    expect(stderr()).toContain('A setting cannot work.');
    expect(stderr()).not.toContain('two words');
  });
});

describe('Ctrl-C while an answer comes', () => {
  it('stops it, keeps what had arrived, and closes the connection', async () => {
    simulator.next(hangAfter(reply({ content: ['One', ' two', ' three'], keepAlives: 0 }), { events: 2 }));
    const { surroundings, shows, send, stdout, stderr, listeners, exits } = place(['ask', 'Hi'], { piped: '' });
    const ended = run(surroundings);
    await shows('One');
    send('SIGINT');
    expect(await ended).toBe(exitCode.interrupted);
    expect(stdout()).toMatch(/^One/);
    expect(stderr()).toContain('Stopped. What had arrived is kept.');
    expect(stderr()).toContain('cost unknown');
    await simulator.requests[0]?.over;
    expect(simulator.requests[0]?.closedByClient).toBe(true);
    expect([listeners('SIGINT'), exits]).toEqual([0, []]);
  });

  it('leaves at once when it is pressed twice', async () => {
    simulator.next(hangAfter(reply({ content: ['One', ' two'], keepAlives: 0 }), { events: 2 }));
    const { surroundings, shows, send, exits } = place(['ask', 'Hi'], { piped: '' });
    const ended = run(surroundings);
    await shows('One');
    send('SIGINT');
    send('SIGINT');
    expect(exits).toEqual([exitCode.interrupted]);
    await ended;
  });
});

describe('an output that cannot be written', () => {
  function* endless(): Generator<StreamEvent> {
    for (;;) yield delta({ content: 'word ' });
  }

  async function breakOutput(error: Error): Promise<{ readonly code: number; readonly stderr: string }> {
    simulator.next(stream(endless(), { delayMs: 1 }));
    const { surroundings, shows, stderr } = place(['ask', 'Hi'], { piped: '' });
    const ended = run(surroundings);
    await shows('word');
    surroundings.stdout.destroy(error);
    const code = await ended;
    await simulator.requests[0]?.over;
    expect(simulator.requests[0]?.closedByClient).toBe(true);
    return { code, stderr: stderr() };
  }

  it('ends the request without a word when nobody reads any more', async () => {
    const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    expect(await breakOutput(gone)).toEqual({ code: exitCode.ok, stderr: '' });
  });

  it('is a failure when the disk is full', async () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    const { code, stderr } = await breakOutput(full);
    expect(code).toBe(exitCode.unexpected);
    expect(stderr).toContain('Cannot write the answer.\n  ENOSPC: no space left on device');
  });
});

describe('without a key', () => {
  it('says how to start, and asks nobody', async () => {
    const { surroundings, stdout, stderr } = place(['ask', 'Hi'], { piped: '', env: { OPENROUTER_API_KEY: '' } });
    expect(await run(surroundings)).toBe(exitCode.notConfigured);
    expect([stdout(), stderr()]).toEqual(['', expect.stringContaining('No API key yet.')]);
  });

  it('lets the simulator answer when that is chosen, and says so', async () => {
    const fake = place(['ask', 'Hi'], { terminal: onTerminal, env: { OPENROUTER_API_KEY: '' } });
    const ended = run(fake.surroundings);
    await fake.shows('[q] quit');
    fake.stdin.write('d');
    expect(await ended).toBe(exitCode.ok);
    expect(fake.stdout()).toContain('This is a simulated answer');
    expect(fake.stderr()).toContain('Demo: the answer is simulated; nothing is sent, nothing is charged.');
    expect(fake.stderr()).toMatch(/ · simulated\n$/);
    expect(simulator.requests).toEqual([]);
  });
});

describe('the program itself', () => {
  it('prints its help and needs nothing for that', async () => {
    const { surroundings, stdout } = fakeSurroundings({ args: ['--help'] });
    expect(await run(surroundings)).toBe(exitCode.ok);
    expect(stdout()).toContain('start chatting');
  });

  it('complains on stderr', async () => {
    const { surroundings, stderr } = fakeSurroundings({ args: ['hello'] });
    expect(await run(surroundings)).toBe(exitCode.usage);
    expect(stderr()).toContain("unknown command 'hello'");
  });

  it('says in one line that it has a bug', async () => {
    const fake = place(['ask', 'Hi'], { piped: '' });
    const surroundings = Object.defineProperty({ ...fake.surroundings }, 'env', {
      get: () => {
        throw new TypeError('y is not a function');
      },
    });
    expect(await run(surroundings)).toBe(exitCode.unexpected);
    expect(fake.stderr()).toBe('orc: something unexpected happened: y is not a function\nThis is a bug in orc.\n');
  });

  it('does not mind when nobody reads its messages', async () => {
    simulator.next(failure(401));
    const { surroundings } = place(['ask', 'Hi'], { piped: '' });
    const ended = run(surroundings);
    surroundings.stderr.destroy(new Error('write EPIPE'));
    expect(await ended).toBe(exitCode.keyRejected);
  });
});
