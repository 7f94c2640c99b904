/**
 * A whole number between two bounds, both included.
 * @param {() => number} random
 * @param {number} least
 * @param {number} most
 */
export function between(random, least, most) {
  return least + Math.floor(random() * (most - least + 1));
}
