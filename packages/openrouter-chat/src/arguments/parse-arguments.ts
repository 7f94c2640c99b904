import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { exitCode } from '../exit-code.ts';
import type { CommandOptions } from '../settings/settings.ts';
import { version } from '../version.ts';
import { helpText } from './help-text.ts';
import { suggest } from './suggest.ts';

/** What the command line asks for. */
export type Invocation =
  | { readonly type: 'ask' | 'chat'; readonly words: readonly string[]; readonly options: CommandOptions }
  /** Everything is said already: a help text, the version, or what is wrong. */
  | { readonly type: 'done'; readonly exitCode: number };

/** Where the parser finds and leaves things. */
export interface ParserSurroundings {
  /** Whether somebody sits at both ends: then nothing but `orc` starts a chat, otherwise it asks what comes in. */
  readonly isInteractive: () => boolean;
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
}

/**
 * Reads the command line. What it cannot understand is explained, with what was probably meant.
 *
 * @param args - what was typed after the command
 * @param surroundings - where help and complaints go
 * @returns what to do
 */
export function parseArguments(args: readonly string[], surroundings: ParserSurroundings): Invocation {
  let invocation: Invocation = { type: 'done', exitCode: exitCode.ok };
  const program = createProgram(surroundings, (chosen) => {
    invocation = chosen;
  });
  try {
    program.parse(args, { from: 'user' });
    return invocation;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { type: 'done', exitCode: error.exitCode === 0 ? exitCode.ok : exitCode.usage };
  }
}

function createProgram(surroundings: ParserSurroundings, choose: (invocation: Invocation) => void): Command {
  const program = new Command('orc');
  const { writeOut, writeError } = surroundings;
  const options = (): CommandOptions => program.opts();
  program
    .description('chat with any model on OpenRouter from your terminal')
    .configureOutput({ writeOut, writeErr: writeError })
    .configureHelp({ formatHelp: helpText, showGlobalOptions: true })
    .exitOverride()
    .showHelpAfterError('(orc --help shows what there is; what begins with a dash and is no option goes after --)')
    .option('-m, --model <id>', 'the model to ask', readModel)
    .option('--demo', 'let the built-in simulator answer, without key or cost')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'explain a command')
    .argument('[prompt...]')
    .action((words: readonly string[]) => {
      const [first] = words;
      if (first !== undefined && !/\s/.test(first)) rejectCommand(program, first, words);
      const type = first === undefined && surroundings.isInteractive() ? 'chat' : 'ask';
      choose({ type, words, options: options() });
    });
  for (const [type, description] of commands) {
    program
      .command(`${type} [prompt...]`)
      .description(description)
      .action((words: readonly string[]) => {
        choose({ type, words, options: options() });
      });
  }
  return program;
}

const commands = [
  ['ask', 'print one answer; what is piped in is added to the question'],
  ['chat', 'talk, with /help for its own commands'],
] as const;

/** A single word is never taken for a question: otherwise no later version could have a command of that name. */
function rejectCommand(program: Command, first: string, words: readonly string[]): never {
  const meant = suggest(first, [...program.commands.map((command) => command.name()), 'help']);
  const question = meant === undefined ? '' : ` Did you mean orc ${meant}?`;
  program.error(`error: unknown command '${first}'.${question} To ask it: orc ask ${words.join(' ')}`);
}

function readModel(value: string): string {
  const model = value.trim();
  if (model === '' || /\s/.test(model)) throw new InvalidArgumentError('A model id looks like openai/gpt-4o-mini.');
  return model;
}
