import { exitCode } from '../exit-code.ts';
import { explainFailure } from '../failure/explain-failure.ts';
import { printFailure } from '../failure/print-failure.ts';
import { RetryNews } from '../answer/retry-news.ts';
import { openClient } from '../settings/open-client.ts';
import type { Settings } from '../settings/settings.ts';
import { styleFor } from '../terminal/style.ts';
import type { Surroundings } from '../terminal/surroundings.ts';
import { symbolsFor } from '../terminal/symbols.ts';
import { version } from '../version.ts';
import { ChatSession } from './chat-session.ts';
import type { NextQuestion } from './conversation.ts';
import { exchange } from './exchange.ts';
import { readMessage } from './read-message.ts';
import { runSlashCommand } from './slash-commands.ts';

/** How a chat begins. */
export interface ChatOptions {
  readonly settings: Settings;
  /** The first question, if the command line had one. */
  readonly words: readonly string[];
  /** Aborts when nobody reads the output any more. */
  readonly gone: AbortSignal;
}

/**
 * Talks with a model until the user leaves.
 *
 * @param surroundings - the terminal
 * @param options - how it begins
 * @returns the exit code
 */
export async function chat(surroundings: Surroundings, { settings, words, gone }: ChatOptions): Promise<number> {
  const { stdin, stdout, stderr, env } = surroundings;
  const style = styleFor(stderr, env);
  if (stdin.isTTY !== true || (stdout.isTTY !== true && stderr.isTTY !== true)) {
    const advice = ['To ask what is piped in: git diff | orc ask "commit message"'];
    printFailure(stderr, style, { what: 'A chat needs a terminal.', advice, exitCode: exitCode.usage });
    return exitCode.usage;
  }
  try {
    const retries = new RetryNews();
    const client = await openClient(settings, retries.hooks);
    const session = new ChatSession({ surroundings, settings, client, retries });
    return await talk(session, words.join(' ').trim(), gone);
  } catch (error) {
    const failure = explainFailure(error, { command: 'chat', model: settings.model, baseUrl: settings.baseUrl });
    printFailure(stderr, style, failure);
    return failure.exitCode;
  }
}

async function talk(session: ChatSession, first: string, gone: AbortSignal): Promise<number> {
  const end = new AbortController();
  const { surroundings } = session;
  const forget = [
    surroundings.onSignal('SIGTERM', () => {
      end.abort(exitCode.terminated);
    }),
    surroundings.onSignal('SIGHUP', () => {
      end.abort(exitCode.hungUp);
    }),
  ];
  const leaving = AbortSignal.any([end.signal, gone]);
  greet(session);
  try {
    let step: Step = { type: 'prompt', initial: '' };
    if (first !== '') step = await askNext(session, { text: first, replacesLast: false }, leaving);
    while (step.type !== 'leave') step = await takeTurn(session, step.initial, leaving);
    return end.signal.aborted ? Number(end.signal.reason) : exitCode.ok;
  } finally {
    for (const each of forget) each();
  }
}

/** What comes next: another prompt, at which something may stand already, or nothing. */
type Step = { readonly type: 'prompt'; readonly initial: string } | { readonly type: 'leave' };

/** Reads a line and does what it says. */
async function takeTurn(session: ChatSession, initial: string, leaving: AbortSignal): Promise<Step> {
  const { stdin, stdout, stderr, env, clock } = session.surroundings;
  const screen = stdout.isTTY === true ? stdout : stderr;
  const prompt = `${styleFor(screen, env).bold(symbolsFor(env).prompt)} `;
  const hint = (): void => {
    session.say(session.style.dim('Press Ctrl-C again to leave, or Ctrl-D.'));
  };
  if (leaving.aborted) return { type: 'leave' };
  screen.write('\n');
  const typed = await readMessage({
    keyboard: stdin,
    screen,
    clock,
    prompt,
    typed: session.typed,
    initial,
    signal: leaving,
    hint,
  });
  if (typed.type === 'end') return { type: 'leave' };
  const text = typed.text.trim();
  if (text === '') return { type: 'prompt', initial: '' };
  session.remember(text);
  if (!text.startsWith('/')) return askNext(session, { text, replacesLast: false }, leaving);
  const result = runSlashCommand(session, text);
  switch (result.type) {
    case 'quit':
      return { type: 'leave' };
    case 'send':
      return askNext(session, result.question, leaving);
    case 'edit':
      return { type: 'prompt', initial: result.text };
    default:
      return { type: 'prompt', initial: '' };
  }
}

async function askNext(session: ChatSession, question: NextQuestion, leaving: AbortSignal): Promise<Step> {
  return { type: 'prompt', initial: await exchange(session, question, leaving) };
}

function greet(session: ChatSession): void {
  const { settings, model, style, surroundings } = session;
  const { separator } = symbolsFor(surroundings.env);
  session.say(style.dim([`orc ${version}`, model, '/help'].join(separator)));
  if (settings.demo) session.say(style.dim('Demo: all answers are simulated; nothing is sent, nothing is charged.'));
}
