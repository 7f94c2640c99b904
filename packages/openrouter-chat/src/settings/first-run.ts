import type { Style } from '../terminal/style.ts';
import { styleFor } from '../terminal/style.ts';
import type { Keyboard, Surroundings } from '../terminal/surroundings.ts';
import { symbolsFor } from '../terminal/symbols.ts';
import { watchKeys, type Key } from '../terminal/watch-keys.ts';

/**
 * Greets somebody who has no key yet. On a terminal the demonstration is one key away; elsewhere nobody is waited for.
 *
 * @param surroundings - where to say it, and whom to ask
 * @returns true when the demonstration was chosen
 */
export async function offerDemo(surroundings: Surroundings): Promise<boolean> {
  const { stdin, stderr, env } = surroundings;
  const style = styleFor(stderr, env);
  const lines = firstRunText(surroundings, style);
  stderr.write(`${lines.join('\n')}\n`);
  if (stdin.isTTY !== true || stderr.isTTY !== true) return false;
  stderr.write(`${style.bold('[d]')} demo   ${style.bold('[q]')} quit\n`);
  return chooseDemo(stdin);
}

function chooseDemo(keyboard: Keyboard): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = watchKeys(keyboard, (key) => {
      const isDemo = key.name === 'd' && !key.ctrl;
      if (!isDemo && !isQuit(key)) return;
      stop();
      resolve(isDemo);
    });
  });
}

function firstRunText({ env, platform }: Surroundings, { bold, dim }: Style): readonly string[] {
  const { ellipsis } = symbolsFor(env);
  const setting =
    platform === 'win32' ? `$env:OPENROUTER_API_KEY='${ellipsis}'` : `export OPENROUTER_API_KEY=${ellipsis}`;
  return [
    'No API key yet. Two ways to start:',
    `  1. ${bold(setting.padEnd(31))}${dim('with a key from https://openrouter.ai/keys')}`,
    `  2. ${bold('orc --demo'.padEnd(31))}${dim('try the interface, no key, no network')}`,
  ];
}

function isQuit({ name, ctrl }: Key): boolean {
  return name === 'q' || name === 'escape' || name === 'end of input' || (ctrl && (name === 'c' || name === 'd'));
}
