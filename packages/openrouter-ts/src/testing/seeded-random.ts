/** Numbers from 0 (inclusive) to 1 (exclusive), the same ones for the same seed. */
export type Random = () => number;

/**
 * Randomness that repeats: the 32-bit generator known as mulberry32.
 *
 * @param seed - any number; its lower 32 bits count
 * @returns a source of numbers that is the same for the same seed
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * A whole number between two bounds, both included.
 *
 * @param random - where the number comes from
 * @param least - the smallest result
 * @param most - the largest result
 * @returns the number
 */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Letters and digits, as in the ids of the API.
 *
 * @param random - where they come from
 * @param length - how many
 * @returns the text
 */
export function randomText(random: Random, length: number): string {
  let text = '';
  for (let index = 0; index < length; index += 1) text += alphabet.charAt(between(random, 0, alphabet.length - 1));
  return text;
}
