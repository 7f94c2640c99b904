import type { Timer } from '../errors/timeout-error.ts';
import type { Progress } from '../http/progress.ts';
import type { AbortScope } from '../util/abort-scope.ts';
import type { Clock } from '../util/clock.ts';
import type { TimeoutOptions } from './timeouts.ts';

/** A wait within one attempt. */
export type AttemptTimer = Exclude<Timer, 'total'>;

/** An attempt under watch. */
export interface AttemptWatch {
  /** What the attempt must be told to. */
  readonly progress: { readonly [Step in keyof Progress]-?: NonNullable<Progress[Step]> };
  /** Ends the watch. */
  readonly stop: () => void;
}

/** A timer that fires this much too late shows that the process was asleep: what came meanwhile has not been read yet. */
const sleptMs = 1_000;

/**
 * Watches the waits of one attempt with a single timer. A stream tells of thousands of bytes and events: each only notes the time,
 * and the timer looks at the notes when it is due.
 *
 * @param limits - how long each wait may be, in milliseconds
 * @param stream - whether the answer is a stream, which alone has a first output and events
 * @param clock - the clock that counts
 * @param expired - told which wait was too long, and in which attempt
 * @returns the watch, which begins with the attempt
 */
export function watchAttempt(limits: TimeoutOptions, stream: boolean, clock: Clock, expired: (timer: AttemptTimer, attempt: AbortScope) => void): AttemptWatch {
  const due = { connect: Infinity, headers: Infinity, firstContent: Infinity, idleBytes: Infinity, idleData: Infinity };
  let scope: AbortScope | undefined;
  let armedFor = Infinity;
  let cancelTimer = (): void => undefined;

  const arm = (): void => {
    const next = Math.min(due.connect, due.headers, due.firstContent, due.idleBytes, due.idleData);
    if (next >= armedFor) return;
    cancelTimer();
    armedFor = next;
    cancelTimer = clock.setTimer(check, next - clock.now());
  };
  const check = (): void => {
    const now = clock.now();
    const slept = now - armedFor > sleptMs ? now - armedFor : 0;
    armedFor = Infinity;
    for (const wait of waits) due[wait] += slept;
    const late = waits.find((wait) => due[wait] <= now);
    if (late === undefined) arm();
    else if (scope !== undefined) expired(timerOf[late], scope);
  };

  return {
    stop: () => {
      armedFor = -Infinity;
      cancelTimer();
    },
    progress: {
      began: (attempt) => {
        scope = attempt;
        due.connect = clock.now() + limits.connectMs;
        due.headers = clock.now() + limits.headersMs;
        arm();
      },
      connected: () => {
        due.connect = Infinity;
        due.headers = clock.now() + limits.headersMs;
        arm();
      },
      answered: () => {
        due.connect = Infinity;
        due.headers = Infinity;
        if (stream) due.firstContent = clock.now() + limits.firstContentMs;
        arm();
      },
      waiting: () => {
        const now = clock.now();
        due.idleBytes = now + limits.idleBytesMs;
        if (stream && due.idleData === Infinity) due.idleData = now + limits.idleDataMs;
        if (due.idleBytes < armedFor || due.idleData < armedFor) arm();
      },
      bytes: () => {
        due.idleBytes = Infinity;
      },
      data: () => {
        due.idleData = Infinity;
      },
      output: () => {
        due.firstContent = Infinity;
      },
    },
  };
}

const timerOf = {
  connect: 'connect',
  headers: 'headers',
  firstContent: 'first-content',
  idleBytes: 'idle-bytes',
  idleData: 'idle-data',
} as const;

const waits = ['connect', 'headers', 'firstContent', 'idleBytes', 'idleData'] as const;
