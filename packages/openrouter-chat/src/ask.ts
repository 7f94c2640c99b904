import { answerWriter } from './answer/answer-writer.ts';
import { composePrompt } from './answer/compose-prompt.ts';
import { readStandardInput } from './answer/read-standard-input.ts';
import { receiveAnswer, type Ending } from './answer/receive-answer.ts';
import { reportEnding } from './answer/report-ending.ts';
import { RetryNews } from './answer/retry-news.ts';
import { showWaiting } from './answer/waiting-line.ts';
import { exitCode } from './exit-code.ts';
import { explainFailure } from './failure/explain-failure.ts';
import { explainUnwritable } from './failure/explain-unwritable.ts';
import type { FailurePlace } from './failure/failure.ts';
import { printFailure } from './failure/print-failure.ts';
import { openClient } from './settings/open-client.ts';
import type { Settings } from './settings/settings.ts';
import { isClosedPipe } from './terminal/reader-gone.ts';
import { styleFor } from './terminal/style.ts';
import type { Surroundings } from './terminal/surroundings.ts';

/** One question. */
export interface AskOptions {
  readonly settings: Settings;
  /** The words of the command line; what is piped in is added. */
  readonly words: readonly string[];
  /** Aborts when nobody reads the output any more. */
  readonly gone: AbortSignal;
}

/**
 * Asks one question and prints the answer.
 *
 * @param surroundings - where the question comes from and the answer goes
 * @param options - what to ask
 * @returns the exit code
 */
export async function ask(surroundings: Surroundings, { settings, words, gone }: AskOptions): Promise<number> {
  const { stderr, env } = surroundings;
  const style = styleFor(stderr, env);
  const place = { command: 'ask', model: settings.model, baseUrl: settings.baseUrl } as const;
  const piped = await readPiped(surroundings);
  if (piped.type === 'unreadable') return complain(surroundings, `Cannot read standard input: ${piped.why}.`);
  const prompt = composePrompt(words, piped.text);
  if (prompt === undefined) return complain(surroundings, 'There is nothing to ask.');
  if (settings.demo)
    stderr.write(`${style.dim('Demo: the answer is simulated; nothing is sent, nothing is charged.')}\n`);
  try {
    const ending = await answerTo(prompt, surroundings, { settings, gone }, place);
    if (gone.aborted) return isClosedPipe(gone.reason) ? exitCode.ok : explainTo(surroundings, gone.reason);
    return reportEnding(ending, { surroundings, place, isSimulated: settings.demo });
  } catch (error) {
    const failure = explainFailure(error, place);
    printFailure(stderr, style, failure);
    return failure.exitCode;
  }
}

async function answerTo(
  prompt: string,
  surroundings: Surroundings,
  { settings, gone }: Pick<AskOptions, 'settings' | 'gone'>,
  place: FailurePlace,
): Promise<Ending> {
  const retries = new RetryNews();
  const client = await openClient(settings, retries.hooks);
  const interrupt = new AbortController();
  const forgetSignal = surroundings.onSignal('SIGINT', () => {
    if (interrupt.signal.aborted) surroundings.exitNow(exitCode.interrupted);
    interrupt.abort();
  });
  const signal = AbortSignal.any([interrupt.signal, gone]);
  const writer = answerWriter(surroundings.stdout, { signal, isOneOfMany: false });
  const stopWaiting = showWaiting(surroundings, place, retries);
  const request = { model: settings.model, messages: [{ role: 'user', content: prompt }] } as const;
  const onText = (text: string): Promise<void> => {
    stopWaiting();
    return writer.write(text);
  };
  try {
    return await receiveAnswer({ client, request, signal, clock: surroundings.clock, onText });
  } finally {
    stopWaiting();
    writer.end();
    forgetSignal();
  }
}

type Piped =
  | { readonly type: 'read'; readonly text: string | undefined }
  | { readonly type: 'unreadable'; readonly why: string };

async function readPiped(surroundings: Surroundings): Promise<Piped> {
  try {
    return { type: 'read', text: await readStandardInput(surroundings) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isNotText = 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
    return { type: 'unreadable', why: isNotText ? 'it is not UTF-8 text' : error.message };
  }
}

function complain({ stderr, env }: Surroundings, what: string): number {
  const advice = ['orc ask "your question"', 'git diff | orc ask "commit message"'];
  printFailure(stderr, styleFor(stderr, env), { what, advice, exitCode: exitCode.usage });
  return exitCode.usage;
}

function explainTo({ stderr, env }: Surroundings, error: unknown): number {
  const failure = explainUnwritable(error);
  printFailure(stderr, styleFor(stderr, env), failure);
  return failure.exitCode;
}
