import { parseArguments } from './arguments/parse-arguments.ts';
import { exitCode } from './exit-code.ts';
import { resolveSettings } from './settings/settings.ts';
import { readerGone } from './terminal/reader-gone.ts';
import { foreignText } from './terminal/foreign-text.ts';
import type { Surroundings } from './terminal/surroundings.ts';

/**
 * Runs the program. What it needs is loaded when it is needed: help and version come at once.
 *
 * @param surroundings - everything that it reads, writes and is told
 * @returns the exit code
 */
export async function run(surroundings: Surroundings): Promise<number> {
  try {
    return await obey(surroundings);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    surroundings.stderr.write(`orc: something unexpected happened: ${foreignText(why)}\nThis is a bug in orc.\n`);
    return exitCode.unexpected;
  }
}

async function obey(surroundings: Surroundings): Promise<number> {
  const gone = readerGone(surroundings.stdout);
  // Nobody is left to be told that messages cannot be written.
  surroundings.stderr.on('error', () => undefined);
  const invocation = parseArguments(surroundings.args, {
    isInteractive: () => surroundings.stdin.isTTY === true && surroundings.stdout.isTTY === true,
    writeOut: (text) => surroundings.stdout.write(text),
    writeError: (text) => surroundings.stderr.write(text),
  });
  if (invocation.type === 'done') return invocation.exitCode;
  const { type, words, options } = invocation;
  const chosen = resolveSettings(options, surroundings.env);
  const isReady = chosen.demo || chosen.apiKey !== undefined;
  if (!isReady) {
    const { offerDemo } = await import('./settings/first-run.ts');
    if (!(await offerDemo(surroundings))) return exitCode.notConfigured;
  }
  const settings = isReady ? chosen : { ...chosen, demo: true };
  if (type === 'ask') {
    const { ask } = await import('./ask.ts');
    return ask(surroundings, { settings, words, gone });
  }
  const { chat } = await import('./chat/chat.ts');
  return chat(surroundings, { settings, words, gone });
}
