import type { Clock } from 'openrouter-ts';
import type { Readable, Writable } from 'node:stream';

/** Where text goes: a terminal, a pipe or a file. */
export interface Screen extends Writable {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Where text comes from: a terminal, a pipe or a file. */
export interface Keyboard extends Readable {
  readonly isTTY?: boolean | undefined;
  readonly setRawMode?: ((raw: boolean) => unknown) | undefined;
}

/** The signals that the program listens to. */
export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** Everything that the program reads, writes and is told: a test can stand in for all of it. */
export interface Surroundings {
  /** What was typed after the command. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly stdin: Keyboard;
  readonly stdout: Screen;
  readonly stderr: Screen;
  readonly clock: Clock;
  /** Asks to be told of a signal, which then no longer ends the process; what it returns takes that back. */
  readonly onSignal: (signal: Signal, listener: () => void) => () => void;
  /** Ends the process at once, whatever is under way. */
  readonly exitNow: (code: number) => void;
}
