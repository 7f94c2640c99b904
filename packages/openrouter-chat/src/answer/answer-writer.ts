import { sanitizer, type TextFilter } from '../terminal/sanitizer.ts';
import type { Screen } from '../terminal/surroundings.ts';
import { wholeCharacters } from '../terminal/whole-characters.ts';

/** Where the text of one answer goes. */
export interface AnswerWriter {
  /** Writes a piece. Resolves when there is room for more: a slow reader slows the model down. */
  readonly write: (text: string) => Promise<void>;
  /** The answer is over. Where people read, its last line is completed. */
  readonly end: () => void;
}

/**
 * Makes the writer of one answer: byte for byte into a pipe or a file, without anything that could command it into a terminal.
 *
 * @param screen - the output
 * @param options - the signal that ends every wait, and whether another answer may follow in the same output
 * @returns the writer
 */
export function answerWriter(
  screen: Screen,
  { signal, isOneOfMany }: { readonly signal: AbortSignal; readonly isOneOfMany: boolean },
): AnswerWriter {
  const filters: readonly TextFilter[] = screen.isTTY === true ? [wholeCharacters(), sanitizer()] : [wholeCharacters()];
  const completesLine = screen.isTTY === true || isOneOfMany;
  let last = '';
  const put = (text: string): boolean => {
    if (text === '') return true;
    last = text;
    return screen.write(text);
  };
  return {
    write: async (piece) => {
      const text = filters.reduce((passed, filter) => filter.push(passed), piece);
      if (!put(text)) await room(screen, signal);
    },
    end: () => {
      put(filters.reduce((passed, filter) => filter.push(passed) + filter.end(), ''));
      if (completesLine && last !== '' && !last.endsWith('\n')) put('\n');
    },
  };
}

function room(screen: Screen, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      screen.off('drain', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    if (signal.aborted) resolve();
    else {
      screen.on('drain', done);
      signal.addEventListener('abort', done);
    }
  });
}
