import type { Attempt } from '../errors/attempt.ts';
import type { Phase } from '../errors/phase.ts';
import type { Emit } from '../telemetry/events.ts';
import type { AbortScope } from '../util/abort-scope.ts';
import type { CallSettings } from './call-settings.ts';
import type { Progress } from './progress.ts';
import type { Reservation } from './reservation.ts';

/** One call on its way through the pipeline: a policy hands it on as it is, or a copy with something changed. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The path below the base URL, beginning with `/`. */
  readonly path: string;
  /** What comes after the path, beginning with `?`. */
  readonly query?: string | undefined;
  /** The JSON body, not yet serialised. */
  readonly body?: Readonly<Record<string, unknown>> | undefined;
  /** The caller's headers for this call, over those of the client. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Whether the answer is to be a stream of events. */
  readonly stream: boolean;
  /** What the caller said about this call. */
  readonly settings: CallSettings;
  /** When the whole call must be over, by the clock's `now`: a wait that would end later is not worth beginning. */
  readonly deadlineAt?: number | undefined;
  /** Ends the call, wherever it is. */
  readonly scope: AbortScope;
  /** Every attempt of the call so far; it grows until the call is over. */
  readonly attempts: Attempt[];
  /** Whoever wants to know how far the attempt is. */
  readonly progress?: Progress | undefined;
  /** How far the last attempt came, for those who learn of its end only the caller's own reason. */
  readonly reached: { phase: Phase; generationId: string | undefined };
  /** What is set aside for the attempt; absent where there is no budget. */
  readonly reservation?: Reservation | undefined;
  /** Tells of what happens in the call; absent when nobody listens. */
  readonly events?: Emit | undefined;
}
