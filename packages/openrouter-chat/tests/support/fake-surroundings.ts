import { PassThrough } from 'node:stream';
import type { Clock } from 'openrouter-ts';
import { systemClock } from '../../src/terminal/system-clock.ts';
import type { Signal, Surroundings } from '../../src/terminal/surroundings.ts';

/** What a test says about the place that the program runs in. */
export interface FakeOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly platform?: string;
  /** What is piped in. Without it, standard input is a terminal. */
  readonly piped?: string | Uint8Array;
  /** Whether stdout and stderr are terminals. Default: neither. */
  readonly terminal?: { readonly stdout?: boolean; readonly stderr?: boolean; readonly columns?: number };
  readonly clock?: Clock;
}

/** A place to run the program in, seen from outside. */
export interface FakeSurroundings {
  readonly surroundings: Surroundings;
  readonly stdin: PassThrough & { readonly rawModes: boolean[] };
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Both outputs in the order in which they were written. */
  readonly screen: () => string;
  readonly send: (signal: Signal) => void;
  /** How many listeners a signal has. */
  readonly listeners: (signal: Signal) => number;
  readonly exits: number[];
  /** Resolves once both outputs together hold the text. */
  readonly shows: (text: string | RegExp) => Promise<void>;
}

/** Makes surroundings without a process. */
export function fakeSurroundings(options: FakeOptions = {}): FakeSurroundings {
  const { terminal = {}, env = {} } = options;
  const rawModes: boolean[] = [];
  const isTTY = options.piped === undefined;
  const stdin = Object.assign(new PassThrough(), {
    isTTY,
    rawModes,
    setRawMode(mode: boolean) {
      rawModes.push(mode);
    },
  });
  if (options.piped !== undefined) stdin.end(options.piped);
  const outputs = { stdout: '', stderr: '', both: '' };
  const watchers = new Set<() => void>();
  const output = (name: 'stdout' | 'stderr') => {
    const stream = Object.assign(new PassThrough(), {
      isTTY: terminal[name] ?? false,
      columns: terminal.columns ?? 80,
    });
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      outputs[name] += text;
      outputs.both += text;
      for (const watch of watchers) watch();
    });
    return stream;
  };
  const listeners: Record<Signal, Set<() => void>> = { SIGINT: new Set(), SIGTERM: new Set(), SIGHUP: new Set() };
  const exits: number[] = [];
  const surroundings: Surroundings = {
    args: options.args ?? [],
    env: { LANG: 'en_US.UTF-8', ...env },
    platform: options.platform ?? 'linux',
    stdin,
    stdout: output('stdout'),
    stderr: output('stderr'),
    clock: options.clock ?? systemClock,
    onSignal: (signal, listener) => {
      listeners[signal].add(listener);
      return () => listeners[signal].delete(listener);
    },
    exitNow: (code) => {
      exits.push(code);
    },
  };
  return {
    surroundings,
    stdin,
    stdout: () => outputs.stdout,
    stderr: () => outputs.stderr,
    screen: () => outputs.both,
    send: (signal) => {
      for (const listener of listeners[signal]) listener();
    },
    listeners: (signal) => listeners[signal].size,
    exits,
    shows: (text) =>
      new Promise((resolve) => {
        const watch = (): void => {
          if (typeof text === 'string' ? !outputs.both.includes(text) : !text.test(outputs.both)) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
      }),
  };
}
