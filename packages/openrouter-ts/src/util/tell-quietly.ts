/**
 * Tells a listener of something. One that throws, or whose promise rejects, disturbs nothing: whoever watches must not be able to break what is watched.
 *
 * @param listener - told at once
 * @param event - what happened
 */
export function tellQuietly<Event>(listener: (event: Event) => unknown, event: Event): void {
  try {
    const said = listener(event);
    if (typeof said === 'object' && said !== null) Promise.resolve(said).catch(() => undefined);
  } catch {
    // It is the listener's own affair.
  }
}
