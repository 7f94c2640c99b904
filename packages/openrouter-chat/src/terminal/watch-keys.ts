import { emitKeypressEvents } from 'node:readline';
import type { Keyboard } from './surroundings.ts';

/** A key that was pressed, or `end of input` when there is nobody at the keyboard any more. */
export interface Key {
  /** What it is called: a letter, `return`, `escape`, `backspace`. */
  readonly name: string | undefined;
  /** The text that it stands for, if any. */
  readonly text: string;
  readonly ctrl: boolean;
}

/**
 * Listens to single keys, without waiting for Enter and without showing them.
 *
 * @param keyboard - a terminal
 * @param listener - told of each key
 * @returns a function that gives the terminal back
 */
export function watchKeys(keyboard: Keyboard, listener: (key: Key) => void): () => void {
  const tell = (text: string | undefined, key: { readonly name?: string; readonly ctrl?: boolean }): void => {
    listener({ name: key.name, text: text ?? '', ctrl: key.ctrl === true });
  };
  const end = (): void => {
    listener({ name: 'end of input', text: '', ctrl: false });
  };
  emitKeypressEvents(keyboard);
  keyboard.setRawMode?.(true);
  keyboard.on('keypress', tell);
  keyboard.on('end', end);
  keyboard.resume();
  return () => {
    keyboard.off('keypress', tell);
    keyboard.off('end', end);
    keyboard.pause();
    keyboard.setRawMode?.(false);
  };
}
