/** Lets the event loop turn often enough for whatever has come over a socket of this machine to be read, and for a promise that nobody handles to be noticed. */
export async function someTurns(): Promise<void> {
  let turns = 0;
  await turnsUntil(() => {
    turns += 1;
    return turns > 20;
  });
}

/**
 * Lets the event loop turn until something is so.
 *
 * @param condition - looked at after each turn; if it never comes true, the test's own time limit ends the wait
 */
export async function turnsUntil(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
