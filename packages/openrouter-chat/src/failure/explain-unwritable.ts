import { exitCode } from '../exit-code.ts';
import type { Failure } from './failure.ts';

/**
 * Explains that the answer cannot be written where it was to go, for example to a full disk.
 *
 * @param error - what writing failed with
 * @returns the words
 */
export function explainUnwritable(error: unknown): Failure {
  const why = error instanceof Error ? error.message : String(error);
  return {
    what: 'Cannot write the answer.',
    why,
    advice: ['Check where the output goes.'],
    exitCode: exitCode.unexpected,
  };
}
