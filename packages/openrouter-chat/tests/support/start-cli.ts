import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

/** How the program is started. */
export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What is piped in. Default: nothing, which ends at once. */
  readonly input?: string;
}

/** The program under way. */
export interface RunningCli {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Resolves when it has ended and all of its output is here. */
  readonly ended: Promise<EndedCli>;
  /** Resolves once stdout holds the text. */
  readonly prints: (text: string) => Promise<void>;
}

/** The program after its end. */
export interface EndedCli {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the program as a shell would, with an environment of its own. */
export function startCli(
  file: string,
  args: readonly string[],
  { env = {}, input = '' }: StartOptions = {},
): RunningCli {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [file, ...args], {
    env: { PATH, LANG: 'en_US.UTF-8', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const gone = new AbortController();
  child.once('exit', () => {
    gone.abort(new Error(`The program ended:\n${stderr}`));
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, stdout, stderr }));
  const prints = async (text: string): Promise<void> => {
    while (!stdout.includes(text)) await once(child.stdout, 'data', { signal: gone.signal });
  };
  return { child, ended, prints };
}
