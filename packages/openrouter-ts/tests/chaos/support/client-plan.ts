import type { OpenRouterOptions } from '../../../src/index.ts';
import { between, maybe, pick, seededRandom, seedOf, type Random } from './chance.ts';
import type { Trouble } from './draw-response.ts';
import { models, planCall, type CallPlan } from './call-plan.ts';

/** What a client is told that the checks need to know. */
export interface ClientSettings {
  readonly maxRetries: number;
  readonly timeoutMs: number;
  readonly maxConcurrency: number;
  readonly requestsPerMinute: number;
  readonly fallbackModels: readonly string[];
  readonly failover: 'off' | 'restart' | 'continue';
}

/** One client and its calls, drawn from a seed. */
export interface ClientPlan {
  readonly number: number;
  readonly settings: ClientSettings;
  /** What else it is told. */
  readonly others: Pick<OpenRouterOptions, 'retryAmbiguous' | 'maxRetryWaitMs' | 'timeouts'>;
  readonly seed: number;
  readonly trouble: Trouble;
  /** Calls of one group begin together; the groups follow each other. */
  readonly groups: readonly (readonly CallPlan[])[];
}

/**
 * Draws a client and its calls.
 *
 * @param number - which client of the run it is
 * @param seed - all that is drawn comes from it
 * @param most - how many calls it may make at the most
 */
export function planClient(number: number, seed: number, most: number): ClientPlan {
  const random = seededRandom(seed);
  const calls = Math.min(most, pick(random, 20, 40, 40, 160));
  const trouble = maybe(random, 0.06) ? 'outage' : pick(random, 0.1, 0.4, 0.7, 0.9, 1);
  const settings = {
    maxRetries: pick(random, 0, 1, 2, 2, 3, 5),
    timeoutMs: pick(random, 3_000, 20_000, 90_000, 600_000),
    maxConcurrency: pick(random, Infinity, Infinity, 1, 3, 8),
    requestsPerMinute: maybe(random, 0.15) ? between(random, 5, 60) : Infinity,
    fallbackModels: maybe(random, 0.4) ? models.slice(0, between(random, 1, 3)) : [],
    failover: pick(random, 'off', 'off', 'restart', 'continue'),
  } as const;
  const groups: (readonly CallPlan[])[] = [];
  for (let first = 0; first < calls;) {
    const size = Math.min(calls - first, pick(random, 1, between(random, 2, 8), between(random, 8, 30)));
    groups.push(
      Array.from({ length: size }, (_, index) => planCall(first + index, seedOf(seed, first + index), trouble)),
    );
    first += size;
  }
  return { number, settings, others: otherSettings(random), seed, trouble, groups };
}

function otherSettings(random: Random): ClientPlan['others'] {
  return {
    retryAmbiguous: pick(random, 'never', 'once', 'once', 'always'),
    ...(maybe(random, 0.3) && { maxRetryWaitMs: between(random, 100, 120_000) }),
    ...(maybe(random, 0.5) && {
      timeouts: {
        connectMs: between(random, 100, 10_000),
        headersMs: between(random, 500, 30_000),
        firstContentMs: between(random, 500, 30_000),
        idleBytesMs: between(random, 500, 20_000),
        idleDataMs: between(random, 500, 40_000),
      },
    }),
  };
}
