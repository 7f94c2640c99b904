import { describe, expect, it } from 'vitest';
import { version } from '../version.ts';
import { parseArguments, type Invocation } from './parse-arguments.ts';

interface Parsed {
  readonly invocation: Invocation;
  readonly out: string;
  readonly error: string;
}

function parse(args: readonly string[], isInteractive = true): Parsed {
  let out = '';
  let error = '';
  const invocation = parseArguments(args, {
    isInteractive: () => isInteractive,
    writeOut: (text) => (out += text),
    writeError: (text) => (error += text),
  });
  return { invocation, out, error };
}

describe('the command line', () => {
  it.each<[args: string[], invocation: Invocation]>([
    [[], { type: 'chat', words: [], options: {} }],
    [['why is the sky blue?'], { type: 'ask', words: ['why is the sky blue?'], options: {} }],
    [['ask', 'hello', 'you'], { type: 'ask', words: ['hello', 'you'], options: {} }],
    [['chat', 'hello'], { type: 'chat', words: ['hello'], options: {} }],
    [['chat'], { type: 'chat', words: [], options: {} }],
    [['-m', 'a/b', 'ask', 'hi'], { type: 'ask', words: ['hi'], options: { model: 'a/b' } }],
    [['ask', 'hi', '--model', 'a/b'], { type: 'ask', words: ['hi'], options: { model: 'a/b' } }],
    [['ask', '--demo', '--', '--hi'], { type: 'ask', words: ['--hi'], options: { demo: true } }],
    [['--demo'], { type: 'chat', words: [], options: { demo: true } }],
  ])('%j', (args, invocation) => {
    expect(parse(args).invocation).toEqual(invocation);
  });

  it('asks what comes in when nobody sits at both ends', () => {
    expect(parse([], false).invocation).toMatchObject({ type: 'ask', words: [] });
  });
});

describe('what it does not understand', () => {
  it.each<[name: string, args: string[], words: string[]]>([
    ['a single word, which may be a command one day', ['hello'], ["unknown command 'hello'", 'orc ask hello']],
    ['a command with a slip', ['aks', 'me'], ['Did you mean orc ask?', 'orc ask aks me']],
    ['an option with a slip', ['--modle', 'x'], ["unknown option '--modle'", 'Did you mean --model?', 'orc --help']],
    ['an option of a command with a slip', ['ask', '--dmeo', 'x'], ['Did you mean --demo?']],
    ['an option without its value', ['ask', '-m'], ["option '-m, --model <id>' argument missing"]],
    ['a model id with a space', ['ask', '-m', 'gpt 4', 'x'], ['A model id looks like openai/gpt-4o-mini.']],
    ['an empty model id', ['-m', '', 'ask', 'x'], ['A model id looks like openai/gpt-4o-mini.']],
  ])('is %s', (_, args, words) => {
    const { invocation, out, error } = parse(args);
    expect(invocation).toEqual({ type: 'done', exitCode: 2 });
    expect(out).toBe('');
    for (const word of words) expect(error).toContain(word);
  });
});

describe('help and version', () => {
  it.each([['--version'], ['-V']])('%s is the version', (option) => {
    expect(parse([option])).toEqual({ invocation: { type: 'done', exitCode: 0 }, out: `${version}\n`, error: '' });
  });

  it.each([[['--help']], [['-h']], [['help']]])('%j explains the program on one screen, examples first', (args) => {
    const { invocation, out } = parse(args);
    expect(invocation).toEqual({ type: 'done', exitCode: 0 });
    expect(out).toMatch(/^orc - .+\n\n {2}orc +start chatting\n/);
    for (const word of ['ask [prompt...]', 'chat [prompt...]', '--model <id>', '--demo', 'OPENROUTER_API_KEY']) {
      expect(out).toContain(word);
    }
    const lines = out.split('\n');
    expect(lines.length).toBeLessThan(40);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it.each([[['ask', '--help']], [['help', 'ask']]])('%j explains a command with all of its options', (args) => {
    const { out } = parse(args);
    expect(out).toContain('orc ask [options] [prompt...]');
    expect(out).toContain('--model <id>');
    expect(out).not.toContain('Environment');
  });
});
