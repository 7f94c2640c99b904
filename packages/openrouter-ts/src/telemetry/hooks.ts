import { tellQuietly } from '../util/tell-quietly.ts';
import type {
  AttemptEvent,
  CallEvent,
  CallFacts,
  ErrorEvent,
  FallbackEvent,
  FinishEvent,
  FirstTokenEvent,
  RequestEvent,
  RetryEvent,
} from './events.ts';

/**
 * What a program wants to be told of its calls. A hook is called at once, and must not take long; one that throws, or whose promise rejects, disturbs nothing.
 */
export interface Hooks {
  /** A call begins. */
  readonly onRequest?: ((event: RequestEvent & CallFacts) => unknown) | undefined;
  /** A request is sent. */
  readonly onAttempt?: ((event: AttemptEvent & CallFacts) => unknown) | undefined;
  /** An attempt failed, and there will be another after a wait. */
  readonly onRetry?: ((event: RetryEvent & CallFacts) => unknown) | undefined;
  /** Another model takes over. */
  readonly onFallback?: ((event: FallbackEvent & CallFacts) => unknown) | undefined;
  /** The first output of a stream is here. */
  readonly onFirstToken?: ((event: FirstTokenEvent & CallFacts) => unknown) | undefined;
  /** Everything of a good answer is here. */
  readonly onFinish?: ((event: FinishEvent & CallFacts) => unknown) | undefined;
  /** The call failed or was ended. */
  readonly onError?: ((event: ErrorEvent & CallFacts) => unknown) | undefined;
}

/**
 * Tells a hook.
 *
 * @param hooks - the hooks of a client
 * @param event - what happened
 */
export function tellHook(hooks: Hooks, event: CallEvent): void {
  tellQuietly((told) => call(hooks, told), event);
}

function call(hooks: Hooks, event: CallEvent): unknown {
  switch (event.type) {
    case 'request':
      return hooks.onRequest?.(event);
    case 'attempt':
      return hooks.onAttempt?.(event);
    case 'retry':
      return hooks.onRetry?.(event);
    case 'fallback':
      return hooks.onFallback?.(event);
    case 'first-token':
      return hooks.onFirstToken?.(event);
    case 'finish':
      return hooks.onFinish?.(event);
    default:
      return hooks.onError?.(event);
  }
}
