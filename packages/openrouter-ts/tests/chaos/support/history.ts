import type { CallEvent } from '../../../src/telemetry/events.ts';
import type { ClientPlan } from './client-plan.ts';
import type { Observation } from './observation.ts';
import type { SentResponse } from './sent-response.ts';

/** All that is known of the calls of one client: what was planned, what the server got and sent, what the callers saw, and what was left of it. */
export interface History {
  readonly plan: ClientPlan;
  readonly observations: readonly Observation[];
  /** By the number of the call, in the order in which the requests arrived. */
  readonly sent: ReadonlyMap<number, readonly SentResponse[]>;
  /** When each request arrived, in order, by the clock that only grows. */
  readonly arrivals: readonly number[];
  /** The largest number of requests that were under way at once. */
  readonly crowd: number;
  /** What the client said of its calls. */
  readonly events: readonly CallEvent[];
  readonly left: Leftovers;
}

/** What is there when all calls are over. */
export interface Leftovers {
  readonly timers: number;
  /** Listeners on the callers' signals. */
  readonly listeners: number;
  /** The numbers of the requests that the server still works at. */
  readonly openRequests: readonly number[];
  /** Calls that wait for a turn. */
  readonly waiting: number;
  /** How many of the client's slots are free. */
  readonly freeSlots: number;
}
