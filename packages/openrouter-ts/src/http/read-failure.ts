import { LoadError } from '../errors/load-error.ts';
import type { OpenRouterError } from '../errors/open-router-error.ts';
import type { LossReader } from './loss-reader.ts';
import { OnDemand, unloaded } from './on-demand.ts';
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
  context: ReadContext,
  read: (part: Failures) => unknown,
): Promise<never> {
  throw await read(await load(context, `was answered with status ${status}`, status));
}

/**
 * Reads why something was lost on the way.
 *
 * @param loss - what was caught
 * @param context - the attempt
 * @param read - makes the error
 * @param status - the HTTP status, if the answer had begun
 * @returns what `read` makes
 * @throws LoadError when nothing can read it: what was caught is in its cause, beside the reason why it cannot be read
 * @throws the reason for which the attempt ended meanwhile
 */
export async function readLoss(
  loss: unknown,
  context: Pick<ReadContext, 'request' | 'scope' | 'plainLosses'>,
  read: (reader: LossReader) => OpenRouterError,
  status?: number,
): Promise<OpenRouterError> {
  const { plainLosses } = context;
  if (plainLosses?.suffice(loss) === true) return read(plainLosses);
  return load(context, 'was lost on its connection', status, loss).then(read, (unread: unknown) => {
    context.scope.throwIfAborted();
    if (plainLosses === undefined) throw unread;
    return read(plainLosses);
  });
}

function load(
  { request, scope }: Pick<ReadContext, 'request' | 'scope'>,
  what: string,
  status?: number,
  loss?: unknown,
): Promise<Failures> {
  return failuresPart.load(scope).catch((unread: unknown) => {
    scope.throwIfAborted();
    const { name: part } = failuresPart;
    const { reached } = request;
    throw new LoadError(`${operationName(request)} ${what}. ${unloaded(part)}`, {
      ...reached,
      cause: loss === undefined ? unread : new AggregateError([loss, unread]),
      part,
      status,
      billing: reached.phase === 'unsent' ? 'none' : 'possible',
    });
  });
}
