import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** How large the terminal is, and what the program finds in its environment. */
export interface PtyOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
}

/** A program on a terminal of its own, seen as a person sees it. */
export interface Pty {
  /** What the screen shows and has scrolled away, without the empty lines at the end. */
  readonly screen: () => string;
  /** Resolves once the screen shows the text; rejects with the screen when the program ends without showing it. */
  readonly shows: (text: string | RegExp) => Promise<void>;
  readonly type: (keys: string) => void;
  readonly kill: (signal: string) => void;
  /** Ends the program if a test has left it behind. */
  readonly close: () => void;
  /** Resolves with the exit code when the program has ended. */
  readonly ended: Promise<number>;
  /** What the program sent to the terminal. */
  readonly sent: () => string;
}

/** Starts a program on a terminal. */
export function startOnPty(file: string, args: readonly string[], { env, columns = 80, rows = 24 }: PtyOptions): Pty {
  const { PATH = '' } = process.env;
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 1000, allowProposedApi: true });
  const program = spawn(process.execPath, [file, ...args], {
    cols: columns,
    rows,
    name: 'xterm-256color',
    env: { PATH, LANG: 'en_US.UTF-8', TERM: 'xterm-256color', ...env },
  });
  let sent = '';
  let hasEnded = false;
  const watchers = new Set<() => void>();
  program.onData((data) => {
    sent += data;
    terminal.write(data, () => {
      for (const watch of watchers) watch();
    });
  });
  const screen = (): string => {
    const buffer = terminal.buffer.active;
    const lines = Array.from({ length: buffer.length }, (_, row) => buffer.getLine(row)?.translateToString(true) ?? '');
    return lines.join('\n').trimEnd();
  };
  return {
    screen,
    sent: () => sent,
    type: (keys) => {
      program.write(keys);
    },
    kill: (signal) => {
      program.kill(signal);
    },
    close: () => {
      if (!hasEnded) program.kill('SIGKILL');
    },
    ended: new Promise((resolve) => {
      program.onExit(({ exitCode }) => {
        // The last bytes may still be on their way through the terminal.
        terminal.write('', () => {
          hasEnded = true;
          for (const watch of watchers) watch();
          resolve(exitCode);
        });
      });
    }),
    shows: (text) =>
      new Promise((resolve, reject) => {
        const watch = (): void => {
          const is = typeof text === 'string' ? screen().includes(text) : text.test(screen());
          if (!is && !hasEnded) return;
          watchers.delete(watch);
          if (is) resolve();
          else reject(new Error(`The program ended and never showed ${String(text)}:\n${screen()}`));
        };
        watchers.add(watch);
        watch();
      }),
  };
}
