import type { Command, Help } from 'commander';

const examples: readonly (readonly [command: string, meaning: string])[] = [
  ['orc', 'start chatting'],
  ['orc "why is the sky blue?"', 'one answer, then exit'],
  ['git diff | orc ask "commit message"', 'pipe anything in'],
  ['orc -m anthropic/claude-sonnet-4.5', 'choose a model'],
  ['orc --demo', 'try it: no key, no network'],
];

const environment: readonly (readonly [name: string, meaning: string])[] = [
  ['OPENROUTER_API_KEY', 'your key, from https://openrouter.ai/keys'],
  ['ORC_MODEL', 'the model, unless --model names one'],
  ['ORC_DEMO=1', 'the same as --demo'],
  ['OPENROUTER_BASE_URL', 'another address of the API'],
  ['NO_COLOR, FORCE_COLOR', 'never, or always, use colours'],
];

const exitCodes = `0 ok, 1 unexpected, 2 usage, 3 no key, 4 key rejected,
  5 no credits, 6 rate limited, 7 model unavailable, 8 input rejected,
  9 OpenRouter or a provider failed, 10 network, 130 stopped with Ctrl-C`;

/**
 * Writes the help of a command: examples first, then what there is.
 *
 * @param command - the program or one of its commands
 * @param help - commander's own knowledge of it
 * @returns the text
 */
export function helpText(command: Command, help: Help): string {
  const isProgram = command.parent === null;
  const options = [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)];
  const sections = [
    `${help.commandUsage(command).split(' ')[0] ?? ''}${isProgram ? '' : ` ${command.name()}`} - ${command.description()}`,
    isProgram ? table('', examples) : `  ${help.commandUsage(command)}`,
    isProgram
      ? table(
          'Commands',
          help.visibleCommands(command).map((each) => [help.subcommandTerm(each), each.description()]),
        )
      : '',
    table(
      'Options',
      options.map((option) => [help.optionTerm(option), option.description]),
    ),
    isProgram ? table('Environment', environment) : '',
    isProgram ? `Exit codes\n  ${exitCodes}` : '',
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function table(title: string, rows: readonly (readonly [term: string, meaning: string])[]): string {
  const width = Math.max(...rows.map(([term]) => term.length)) + 2;
  const lines = rows.map(([term, meaning]) => `  ${term.padEnd(width)}${meaning}`);
  return (title === '' ? lines : [title, ...lines]).join('\n');
}
