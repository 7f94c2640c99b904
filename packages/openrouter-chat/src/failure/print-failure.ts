import { foreignText } from '../terminal/foreign-text.ts';
import type { Screen } from '../terminal/surroundings.ts';
import type { Style } from '../terminal/style.ts';
import type { Failure } from './failure.ts';

/**
 * Prints a failure: what happened in red, why, and what to do. Keys and control sequences do not get through.
 *
 * @param screen - where errors go
 * @param style - the colours of that stream
 * @param failure - what happened
 */
export function printFailure(screen: Screen, style: Style, { what, why, advice }: Failure): void {
  const reason = why === undefined || why === '' ? [] : [style.dim(`  ${foreignText(why, 600)}`)];
  const lines = [style.red(foreignText(what)), ...reason, ...advice.map((line) => `  ${foreignText(line)}`)];
  screen.write(`${lines.join('\n')}\n`);
}
