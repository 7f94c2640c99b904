import type { TextFilter } from './sanitizer.ts';

/**
 * Keeps the two halves of a character together: a provider may cut its text between them, and each half alone would be written as `�`.
 *
 * @returns the filter, which holds back the first half until the second is here
 */
export function wholeCharacters(): TextFilter {
  let held = '';
  return {
    push: (piece) => {
      const text = held + piece;
      const last = text.charCodeAt(text.length - 1);
      const isFirstHalf = last >= 0xd800 && last <= 0xdbff;
      held = isFirstHalf ? text.slice(-1) : '';
      return isFirstHalf ? text.slice(0, -1) : text;
    },
    end: () => held,
  };
}
