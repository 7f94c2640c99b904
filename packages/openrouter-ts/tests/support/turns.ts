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
