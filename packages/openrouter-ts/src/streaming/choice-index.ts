import type { JsonObject } from '../util/json.ts';

/**
 * Reads which choice a choice of a chunk belongs to.
 *
 * @param choice - the choice
 * @returns its index, 0 when it names none
 */
export function indexOf({ index }: JsonObject): number {
  return typeof index === 'number' ? index : 0;
}
