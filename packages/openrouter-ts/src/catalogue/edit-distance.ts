/**
 * Counts the letters that have to be put in, taken out, changed, or swapped with their neighbour to make one text of another.
 *
 * @param from - one text
 * @param to - the other
 * @param most - texts that differ in more letters are not of interest
 * @returns the count, or infinity when it is above `most`
 */
export function editDistance(from: string, to: string, most: number): number {
  if (Math.abs(from.length - to.length) > most) return Number.POSITIVE_INFINITY;
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = nextRow(row, from, to, last, beforeLast);
    // The counts of a row only grow from one row to the next.
    if (Math.min(...current) > most) return Number.POSITIVE_INFINITY;
    beforeLast = last;
    last = current;
  }
  const distance = Number(last[to.length]);
  return distance > most ? Number.POSITIVE_INFINITY : distance;
}

function nextRow(
  row: number,
  from: string,
  to: string,
  last: readonly number[],
  beforeLast: readonly number[],
): readonly number[] {
  const current = [row];
  for (let column = 1; column <= to.length; column += 1) {
    const same = from[row - 1] === to[column - 1];
    const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
    current.push(
      Math.min(
        Number(last[column]) + 1,
        Number(current[column - 1]) + 1,
        Number(last[column - 1]) + (same ? 0 : 1),
        swapped ? Number(beforeLast[column - 2]) + 1 : Number.POSITIVE_INFINITY,
      ),
    );
  }
  return current;
}
