import { createInterface, type Interface } from 'node:readline';
import type { Clock } from 'openrouter-ts';
import type { Keyboard, Screen } from '../terminal/surroundings.ts';

/** What somebody typed, or that there is no more. */
export type Typed = { readonly type: 'message'; readonly text: string } | { readonly type: 'end' };

/** How a message is asked for. */
export interface MessagePrompt {
  readonly keyboard: Keyboard;
  readonly screen: Screen;
  readonly clock: Clock;
  readonly prompt: string;
  /** What ↑ brings back, the latest first. */
  readonly typed: readonly string[];
  /** What stands there already, to be edited. */
  readonly initial: string;
  /** Ends the wait. */
  readonly signal: AbortSignal;
  /** Ctrl-C was pressed where there is nothing to clear: says that another one leaves. */
  readonly hint: () => void;
}

/** A second Ctrl-C within this time leaves. */
const leaveMs = 2000;

const bracketedPaste = { on: '\x1b[?2004h', off: '\x1b[?2004l' };

/**
 * Reads one message. What is pasted is one message, however many lines it has, and a backslash at the end of a line goes on in the next.
 *
 * @param prompt - how to ask
 * @returns the message, or the end: Ctrl-D, or Ctrl-C twice
 */
export function readMessage(prompt: MessagePrompt): Promise<Typed> {
  const { keyboard, screen, signal } = prompt;
  return new Promise((resolve) => {
    const readline = createInterface({
      input: keyboard,
      output: screen,
      terminal: true,
      prompt: prompt.prompt,
      history: [...prompt.typed],
      historySize: 1000,
    });
    const lines = new Lines(readline);
    const close = (): void => {
      readline.close();
    };
    const watchPaste = (_: unknown, key: { readonly name?: string | undefined }): void => {
      if (key.name === 'paste-start') lines.isPasting = true;
      if (key.name === 'paste-end') lines.isPasting = false;
    };
    keyboard.on('keypress', watchPaste);
    signal.addEventListener('abort', close);
    readline.on('line', (line) => {
      lines.add(line, close);
    });
    readline.on('SIGINT', onCtrlC(readline, lines, prompt));
    readline.once('close', () => {
      keyboard.off('keypress', watchPaste);
      signal.removeEventListener('abort', close);
      screen.write(lines.isComplete ? bracketedPaste.off : `${bracketedPaste.off}\n`);
      resolve(lines.isComplete ? { type: 'message', text: lines.text } : { type: 'end' });
    });
    screen.write(bracketedPaste.on);
    readline.prompt();
    if (prompt.initial !== '') readline.write(prompt.initial);
    if (signal.aborted) close();
  });
}

/** The lines of one message, until Enter ends it. */
class Lines {
  isPasting = false;
  isComplete = false;
  readonly #readline: Interface;
  #lines: readonly string[] = [];
  #isEnding = false;

  constructor(readline: Interface) {
    this.#readline = readline;
  }

  get text(): string {
    return this.#lines.join('\n');
  }

  add(line: string, complete: () => void): void {
    const goesOn = !this.isPasting && line.endsWith('\\');
    // Newer Node.js ends the lines of what was typed before with a carriage return.
    this.#lines = [...this.#lines, (goesOn ? line.slice(0, -1) : line).replaceAll('\r', '\n')];
    if (this.isPasting || goesOn || this.#isEnding) {
      this.#goOn();
      return;
    }
    this.#isEnding = true;
    // Terminals without bracketed paste send all lines at once: what is here in the same turn belongs to the message.
    setImmediate(() => {
      this.#isEnding = false;
      this.isComplete = this.#readline.line === '';
      if (this.isComplete) complete();
    });
  }

  /** Forgets what was typed. Tells whether there was anything; Ctrl-Y brings the current line back. */
  clear(): boolean {
    const isEmpty = this.#lines.length === 0 && this.#readline.line === '';
    this.#lines = [];
    this.#readline.write(null, { ctrl: true, name: 'e' });
    this.#readline.write(null, { ctrl: true, name: 'u' });
    return !isEmpty;
  }

  #goOn(): void {
    this.#readline.setPrompt('  ');
    this.#readline.prompt();
  }
}

function onCtrlC(readline: Interface, lines: Lines, { clock, prompt, screen, hint }: MessagePrompt): () => void {
  let lastAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (!lines.clear()) {
      if (clock.now() - lastAt <= leaveMs) {
        readline.close();
        return;
      }
      lastAt = clock.now();
      screen.write('\n');
      hint();
    }
    readline.setPrompt(prompt);
    readline.prompt();
  };
}
