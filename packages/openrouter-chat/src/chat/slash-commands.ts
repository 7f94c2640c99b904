import { suggest } from '../arguments/suggest.ts';
import { groupDigits } from '../money/group-digits.ts';
import { foreignText } from '../terminal/foreign-text.ts';
import { symbolsFor } from '../terminal/symbols.ts';
import type { ChatSession } from './chat-session.ts';
import type { NextQuestion } from './conversation.ts';

/** What comes after a command: the next prompt, the end, a question to ask, or a text to be edited. */
export type CommandResult =
  | { readonly type: 'next' }
  | { readonly type: 'quit' }
  | { readonly type: 'send'; readonly question: NextQuestion }
  | { readonly type: 'edit'; readonly text: string };

interface SlashCommand {
  readonly name: string;
  readonly usage: string;
  readonly meaning: string;
  readonly run: (session: ChatSession, argument: string) => CommandResult;
}

const next: CommandResult = { type: 'next' };

const commands: readonly SlashCommand[] = [
  { name: '/model', usage: '/model [id]', meaning: 'show or change the model', run: changeModel },
  { name: '/retry', usage: '/retry', meaning: 'ask the last question again', run: retry },
  { name: '/new', usage: '/new', meaning: 'start a new conversation', run: startOver },
  { name: '/cost', usage: '/cost', meaning: 'what this session has used and cost', run: tellCost },
  { name: '/help', usage: '/help', meaning: 'show this list', run: help },
  { name: '/quit', usage: '/quit', meaning: 'leave (also Ctrl-D)', run: () => ({ type: 'quit' }) },
];

const others: readonly (readonly [usage: string, meaning: string])[] = [
  ['//text', 'send a text that begins with a slash'],
  ['\\ at the end of a line', 'go on in the next line'],
  ['Ctrl-C', 'stop an answer; what had arrived is kept'],
];

/**
 * Does what a line that begins with a slash asks for.
 *
 * @param session - the chat
 * @param line - what was typed
 * @returns what comes next
 */
export function runSlashCommand(session: ChatSession, line: string): CommandResult {
  if (line.startsWith('//')) return { type: 'send', question: { text: line.slice(1), replacesLast: false } };
  const [name = '', ...rest] = line.split(/\s+/);
  const command = commands.find((each) => each.name === name);
  if (command !== undefined) return command.run(session, rest.join(' ').trim());
  const meant = suggest(
    name,
    commands.map((each) => each.name),
  );
  const question = meant === undefined ? '/help lists all.' : `Did you mean ${meant}?`;
  session.say(`No command ${foreignText(name, 40)}. ${question} (/${foreignText(name, 40)} sends it as text)`);
  return { type: 'edit', text: line };
}

function changeModel(session: ChatSession, id: string): CommandResult {
  if (id === '') {
    session.say(`The model is ${session.model}. All ids: https://openrouter.ai/models`);
    return next;
  }
  if (/\s/.test(id)) {
    session.say('A model id looks like openai/gpt-4o-mini.');
    return next;
  }
  session.model = id;
  const { arrow } = symbolsFor(session.surroundings.env);
  const { length } = session.conversation;
  session.say(`${arrow} ${foreignText(id, 80)}.${length === 0 ? '' : ` ${length} messages carry over.`}`);
  return next;
}

function retry(session: ChatSession): CommandResult {
  if (session.unanswered !== undefined) return { type: 'send', question: session.unanswered };
  const text = session.conversation.lastQuestion;
  if (text !== undefined) return { type: 'send', question: { text, replacesLast: true } };
  session.say('There is no question yet.');
  return next;
}

function startOver(session: ChatSession): CommandResult {
  session.conversation.clear();
  session.unanswered = undefined;
  session.say('A new conversation: nothing of the last one is sent.');
  return next;
}

function tellCost(session: ChatSession): CommandResult {
  const { total, surroundings, settings } = session;
  const { separator } = symbolsFor(surroundings.env);
  const fields = [
    `${groupDigits(total.answers)} ${total.answers === 1 ? 'answer' : 'answers'}`,
    `${groupDigits(total.promptTokens)} in`,
    `${groupDigits(total.completionTokens)} out`,
    `${total.describe()} in this session${settings.demo ? ' (simulated)' : ''}`,
  ];
  session.say(fields.join(separator));
  return next;
}

function help(session: ChatSession): CommandResult {
  const rows = [...commands.map(({ usage, meaning }) => [usage, meaning] as const), ...others];
  for (const [usage, meaning] of rows) session.say(`  ${usage.padEnd(26)}${meaning}`);
  return next;
}
