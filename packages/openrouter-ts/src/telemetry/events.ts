import type { Attempt } from '../errors/attempt.ts';
import type { OpenRouterError } from '../errors/open-router-error.ts';
import type { Usage } from '../wire/usage.ts';

/** What every event of one call tells. */
export interface CallFacts {
  /** Counts the calls of a client, from 1: events of one call have the same. */
  readonly call: number;
  /** For example `POST /chat/completions`. */
  readonly operation: string;
}

/** A call begins. */
export interface RequestEvent {
  /** Tells this step from the others. */
  readonly type: 'request';
  /** The model that is asked for, if the request names one. */
  readonly model: string | undefined;
  /** Whether the answer is to be a stream. */
  readonly stream: boolean;
}

/** A request is sent. */
export interface AttemptEvent {
  /** Tells this step from the others. */
  readonly type: 'attempt';
  /** Counts from 1. */
  readonly attempt: number;
  /** The model that is asked, if the request names one. */
  readonly model: string | undefined;
}

/** An attempt failed, and there will be another. */
export interface RetryEvent {
  /** Tells this step from the others. */
  readonly type: 'retry';
  /** The attempt that failed. */
  readonly attempt: number;
  /** How long the client waits before the next one, in milliseconds. */
  readonly waitMs: number;
  /** Whether the server said how long to wait. */
  readonly hinted: boolean;
  /** Why it failed. */
  readonly error: OpenRouterError;
}

/** Another model takes over: one of the caller's chain, or one that the server chose from the request's own `models`. */
export interface FallbackEvent {
  /** Tells this step from the others. */
  readonly type: 'fallback';
  /** The model that was asked before. */
  readonly from: string;
  /** The model that takes over. */
  readonly to: string;
  /** Who changed the model. */
  readonly by: 'client' | 'server';
  /** Why, where the client changed it. */
  readonly error?: OpenRouterError | undefined;
}

/** The first output of a stream is here. */
export interface FirstTokenEvent {
  /** Tells this step from the others. */
  readonly type: 'first-token';
  /** Since the call began, in milliseconds. */
  readonly sinceStartMs: number;
}

/** Everything of a good answer is here. */
export interface FinishEvent {
  /** Tells this step from the others. */
  readonly type: 'finish';
  /** Since the call began, in milliseconds. */
  readonly durationMs: number;
  /** The model that answered. */
  readonly model: string | undefined;
  /** The id under which OpenRouter knows the answer. */
  readonly generationId: string | undefined;
  /** Tokens and cost, if the answer told them. */
  readonly usage: Usage | undefined;
  /** Every request that the call made, the last one last. */
  readonly attempts: readonly Attempt[];
}

/** The call failed, or was ended by the caller; a stream also after it had begun well. */
export interface ErrorEvent {
  /** Tells this step from the others. */
  readonly type: 'error';
  /** Since the call began, in milliseconds. */
  readonly durationMs: number;
  /** What the caller gets: one of this library's errors, or the caller's own reason. */
  readonly error: unknown;
  /** Every request that the call made, the last one last. */
  readonly attempts: readonly Attempt[];
}

/** What happens in a call, before it is said in which. */
export type CallStep =
  | RequestEvent
  | AttemptEvent
  | RetryEvent
  | FallbackEvent
  | FirstTokenEvent
  | FinishEvent
  | ErrorEvent;

/** Something that a person would want to see. Every call has one `request` at the beginning and one `finish` or `error` at the end. */
export type CallEvent = CallStep & CallFacts;

/** Tells whoever listens. It never throws. */
export type Emit = (step: CallStep) => void;
