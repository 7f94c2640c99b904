import { isOpenRouterError } from 'openrouter-ts';
import { explainFailure } from '../failure/explain-failure.ts';
import type { FailurePlace } from '../failure/failure.ts';
import { printFailure } from '../failure/print-failure.ts';
import { exitCode } from '../exit-code.ts';
import type { SessionTotal } from '../money/session-total.ts';
import { styleFor } from '../terminal/style.ts';
import type { Surroundings } from '../terminal/surroundings.ts';
import { symbolsFor } from '../terminal/symbols.ts';
import { footer } from './footer.ts';
import { explainNoText, notesOnAnswer } from './notes-on-answer.ts';
import type { Ending } from './receive-answer.ts';

/** What a report depends on beside the ending. */
export interface ReportContext {
  readonly surroundings: Surroundings;
  readonly place: FailurePlace;
  readonly isSimulated: boolean;
  /** In a chat: where the answer is counted. */
  readonly total?: SessionTotal | undefined;
}

/**
 * Says on stderr how an answer ended and what it cost.
 *
 * @param ending - how it ended
 * @param context - where to say it
 * @returns the exit code that this ending stands for
 */
export function reportEnding(ending: Ending, context: ReportContext): number {
  if (ending.type === 'complete') return reportComplete(ending, context);
  const { stderr, env } = context.surroundings;
  const style = styleFor(stderr, env);
  if (ending.type === 'stopped') {
    stderr.write(`${style.yellow('Stopped.')}${style.dim(hasText(ending) ? ' What had arrived is kept.' : '')}\n`);
    printFooter(ending, context);
    return exitCode.interrupted;
  }
  const failure = explainFailure(ending.error, context.place);
  printFailure(stderr, style, failure);
  if (mayHaveCost(ending.error)) printFooter(ending, context);
  return failure.exitCode;
}

function reportComplete(ending: Extract<Ending, { type: 'complete' }>, context: ReportContext): number {
  const { stderr, env } = context.surroundings;
  const style = styleFor(stderr, env);
  const failure = explainNoText(ending.completion);
  if (failure !== undefined) printFailure(stderr, style, failure);
  for (const note of notesOnAnswer(ending.completion, ending.warnings)) stderr.write(`${style.yellow(note)}\n`);
  printFooter(ending, context);
  return failure?.exitCode ?? exitCode.ok;
}

/** The empty line sets the footer apart from an answer on the same terminal. */
function printFooter(ending: Ending, { surroundings, isSimulated, total }: ReportContext): void {
  const { stdout, stderr, env } = surroundings;
  const { usage, provider } = (ending.type === 'complete' ? ending.completion : ending.partial) ?? {};
  total?.count(usage);
  const facts = { usage, provider, isSimulated, elapsedMs: ending.elapsedMs, session: total?.describe() };
  const columns = stderr.isTTY === true && stderr.columns !== undefined ? stderr.columns - 3 : undefined;
  const line = styleFor(stderr, env).dim(`  ${footer(facts, symbolsFor(env).separator, columns)}`);
  stderr.write(`${stdout.isTTY === true ? '\n' : ''}${line}\n`);
}

/** A request that was refused, or whose failure OpenRouter reported itself, is not billed: there is nothing to say about its cost. */
function mayHaveCost(error: unknown): boolean {
  return isOpenRouterError(error) && (error.billing === 'possible' || error.billing === 'certain');
}

function hasText({ partial }: Extract<Ending, { type: 'stopped' }>): boolean {
  return (partial?.choices[0]?.message.content ?? '') !== '';
}
