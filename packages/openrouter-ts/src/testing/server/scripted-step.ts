/** Bytes as they are, or text, which is sent as UTF-8. */
export type Data = string | Uint8Array;

/** What a scripted server does with a connection, one thing after the other. */
export type ScriptedStep =
  | { readonly type: 'write'; readonly data: Data | Iterable<Data> }
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'until'; readonly promise: Promise<unknown> }
  | { readonly type: 'stop-reading' | 'read-on' | 'fin' | 'rst' | 'stall' };

/**
 * Sends bytes, in a segment of their own. Each piece goes out before the next one is asked for: what a client does not read is not made.
 *
 * @param data - text, bytes, or any number of either, also without an end
 * @returns the step
 */
export function write(data: Data | Iterable<Data>): ScriptedStep {
  return { type: 'write', data };
}

/**
 * Does nothing for a while.
 *
 * @param ms - how long by the server's clock, in milliseconds
 * @returns the step
 */
export function wait(ms: number): ScriptedStep {
  return { type: 'wait', ms };
}

/**
 * Does nothing until something has happened elsewhere, such as that the test has read what came.
 *
 * @param promise - what is waited for
 * @returns the step
 */
export function until(promise: Promise<unknown>): ScriptedStep {
  return { type: 'until', promise };
}

/**
 * Leaves what the client sends unread, so that its upload comes to a halt. While this lasts the client's end is not noticed either.
 *
 * @returns the step
 */
export function stopReading(): ScriptedStep {
  return { type: 'stop-reading' };
}

/**
 * Reads again after {@link stopReading}.
 *
 * @returns the step
 */
export function readOn(): ScriptedStep {
  return { type: 'read-on' };
}

/**
 * Closes the connection in good order (FIN), wherever in an answer that may be.
 *
 * @returns the step
 */
export function fin(): ScriptedStep {
  return { type: 'fin' };
}

/**
 * Resets the connection (RST).
 *
 * @returns the step
 */
export function rst(): ScriptedStep {
  return { type: 'rst' };
}

/**
 * Does nothing any more, and leaves the connection open until the client closes it.
 *
 * @returns the step
 */
export function stall(): ScriptedStep {
  return { type: 'stall' };
}
