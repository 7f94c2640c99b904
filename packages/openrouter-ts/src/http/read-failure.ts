import { LoadError } from '../errors/load-error.ts';
import type { AbortScope } from '../util/abort-scope.ts';
import { causes } from '../util/causes.ts';
import { OnDemand } from './on-demand.ts';
import { operationName, type ReadContext } from './read-context.ts';
import type { TransportResponse } from './transport.ts';

type Failures = typeof import('./failures.ts');

/** What reads failures: no call that succeeds needs it. */
export const failuresPart: OnDemand<Failures> = new OnDemand('failures', () => import('./failures.ts'));

/**
 * Fails with what an answer that is none says. An answer, whatever it says, shows that there is a network over which a browser can load what reads it.
 *
 * @param response - the answer
 * @param context - the attempt
 * @param read - makes the error
 * @throws what `read` makes
 * @throws LoadError when nothing can read it: with the status, and with no promise that another try may help
 * @throws the reason for which the attempt ended meanwhile
 */
export async function readFailure(
  { status }: TransportResponse,
  { request, scope, generationId }: ReadContext,
  read: (part: Failures) => unknown,
): Promise<never> {
  let part = failuresPart.loaded;
  try {
    part ??= await failuresPart.load(scope);
  } catch (cause) {
    scope.throwIfAborted();
    throw new LoadError(
      `${operationName(request)} was answered with status ${status}. What that means cannot be said, since the part of the client for failures could not be loaded.`,
      { cause, part: failuresPart.name, status, phase: 'answered', billing: 'possible', generationId },
    );
  }
  throw await read(part);
}

/**
 * Reads why something was lost on the way. What has no code, as in browsers, is not looked up: nothing could be loaded over a network that is gone.
 *
 * @param cause - what was caught
 * @param scope - ends the wait
 * @param read - makes the error from the code
 * @param plain - makes it without
 * @returns the error
 */
export async function readLoss(
  cause: unknown,
  scope: AbortScope,
  read: (part: Failures) => unknown,
  plain: () => unknown,
): Promise<unknown> {
  const isKnown = causes(cause).some(({ code, name }) => typeof code === 'string' || name === 'HTTPParserError');
  return isKnown ? failuresPart.load(scope).then(read, plain) : plain();
}
