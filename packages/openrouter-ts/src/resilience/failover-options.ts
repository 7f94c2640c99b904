import { checkOneOf } from '../pipeline/check-one-of.ts';

/**
 * What to do when an answer breaks off in the middle:
 *
 * - `off`: the reader gets the error, with what had arrived
 * - `restart`: the question is asked again. A reader who has text of the first answer gets what the second one adds to it, if it begins with the same text;
 *   whoever only waits for the whole answer gets the second one
 * - `continue`: the model is asked to go on from the text that had arrived
 *
 * Both answers are paid for. A tool call, a picture or sound that had begun cannot be continued: the reader then gets the error.
 */
export type Failover = 'off' | 'restart' | 'continue';

const known: readonly Failover[] = ['off', 'restart', 'continue'];

/**
 * Checks what a caller said.
 *
 * @param failover - as the caller passed it; `undefined` stands for the default
 * @throws ConfigError when there is no such way
 */
export function checkFailover(failover: Failover | undefined): void {
  checkOneOf('failover', failover, known);
}
