import type { Key } from '../terminal/watch-keys.ts';

/** What is typed while an answer comes: it is not shown, and not lost. */
export class TypeAhead {
  #characters: readonly string[] = [];

  /** What was typed so far. */
  get text(): string {
    return this.#characters.join('');
  }

  /**
   * Takes a key.
   *
   * @param key - which one; what stands for no text is left out
   */
  press(key: Key): void {
    // A line break would send what nobody has seen yet.
    if (key.name === 'return' || key.name === 'enter') this.#characters = [...this.#characters, ' '];
    else if (key.name === 'backspace') this.#characters = this.#characters.slice(0, -1);
    else if (!key.ctrl && key.text >= ' ' && !key.text.startsWith('\x7f'))
      this.#characters = [...this.#characters, key.text];
  }
}
