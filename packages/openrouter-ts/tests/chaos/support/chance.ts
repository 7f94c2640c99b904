import { between, seededRandom, type Random } from '../../../src/testing/seeded-random.ts';

export { between, seededRandom };
export type { Random };

/** A seed for one part of a whole that has a seed: what is drawn for one part does not depend on the others. */
export function seedOf(seed: number, ...places: readonly number[]): number {
  let mixed = seed >>> 0;
  for (const place of places) {
    mixed = Math.imul(mixed ^ (mixed >>> 16) ^ Math.imul(place + 1, 0x9e3779b1), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  }
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** True with a probability from 0 to 1. */
export function maybe(random: Random, probability: number): boolean {
  return random() < probability;
}

/** One of several things, each as likely as the others. */
export function pick<Item>(random: Random, ...items: readonly [Item, ...Item[]]): Item {
  return items[between(random, 0, items.length - 1)] ?? items[0];
}
