import { StreamProviderError, type StreamError } from 'openrouter-ts';
import { exitCode } from '../exit-code.ts';
import type { Failure } from './failure.ts';
import { reasonOf } from './reason-of.ts';

/**
 * Explains an answer that broke off in the middle.
 *
 * @param error - how it broke off
 * @returns the words
 */
export function explainBrokenStream(error: StreamError): Failure {
  const advice = ['What had arrived is kept; it is not the whole answer.'];
  if (!(error instanceof StreamProviderError)) {
    return { what: 'The answer broke off.', why: error.message, advice, exitCode: exitCode.upstreamFailed };
  }
  const who = error.providerName ?? 'the provider';
  return {
    what: `The answer broke off: ${who} failed.`,
    why: reasonOf(error),
    advice,
    exitCode: exitCode.upstreamFailed,
  };
}
