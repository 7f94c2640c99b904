import { systemClock } from '../util/clock.ts';
import type { Clock } from '../util/clock.ts';
import type { UtcPeriod } from '../util/utc-period.ts';
import { builtInModels } from './catalogue/built-in-models.ts';
import type { SimulatedModel } from './catalogue/simulated-model.ts';
import type { Pace } from './pace.ts';

/**
 * Where a stream tells its usage: on a chunk that repeats the finish reason, on one whose finish reason is null again, on one without
 * choices, on the very chunk that finishes, or nowhere. All of these have been seen.
 */
export type UsageChunk = 'repeatsFinish' | 'nullFinish' | 'noChoices' | 'onFinish' | 'none';

/** How many requests there may be to free models, over all keys of the account. */
export interface FreeLimits {
  /** In a minute of the clock. Default 20. */
  readonly perMinute?: number;
  /** In a day, UTC. Default 1,000; 50 for an account that has bought credits for less than 10 USD. */
  readonly perDay?: number;
}

/** How a simulator behaves. */
export interface SimulatorOptions {
  /** The catalogue. Default: {@link builtInModels}. */
  readonly models?: readonly SimulatedModel[];
  /** What randomness starts from: the same seed and the same requests give the same answers. Default 1. */
  readonly seed?: number;
  /** What waits are counted by, and where dates come from. Default: the system's clock. */
  readonly clock?: Clock;
  /** The keys that are accepted. Default: each that is not empty. */
  readonly apiKeys?: readonly string[];
  /** Keys that manage: they may see the account's credits and activity, and may not call models. Default: none. */
  readonly managementKeys?: readonly string[];
  /** The most that a key may spend, in USD. Default: no limit. */
  readonly keyLimitUsd?: number;
  /** How often that limit begins anew, at midnight UTC. Default: never. */
  readonly keyLimitReset?: UtcPeriod;
  /** The credits that the account has bought, in USD; `buyCredits` buys more. Default: as many as it needs. */
  readonly creditsUsd?: number;
  /**
   * How many requests there may be to free models; `{}` stands for the API's own limits. Default: as many as one likes.
   *
   * @see https://openrouter.ai/docs/api-reference/limits
   */
  readonly freeLimits?: FreeLimits;
  /** Whether the account stores what is said, for `GET /generation/content`. Default false, as with the API. */
  readonly storesContent?: boolean;
  /** Default `instant`. */
  readonly pace?: Pace;
  /** Default: by the seed, as often as each was recorded. */
  readonly usageChunk?: UsageChunk;
  /** How often `GET /generation` says 404 before it knows an answer. Default 1. */
  readonly generationLag?: number;
  /** How many requests and answers are remembered, for long runs. Default: all. */
  readonly remember?: number;
  /** Whether words such as `!429` in a question make trouble, for demonstrations. Default false. */
  readonly triggers?: boolean;
}

/** The options with their defaults filled in. */
export interface SimulatorSettings extends SimulatorOptions {
  readonly models: readonly SimulatedModel[];
  readonly seed: number;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly generationLag: number;
  readonly storesContent: boolean;
  readonly remember: number;
  readonly triggers: boolean;
}

/**
 * Fills in the defaults.
 *
 * @param options - what the user set
 * @returns the settings
 */
export function settingsOf(options: SimulatorOptions): SimulatorSettings {
  return {
    ...options,
    models: options.models ?? builtInModels,
    seed: options.seed ?? 1,
    clock: options.clock ?? systemClock,
    pace: options.pace ?? 'instant',
    generationLag: options.generationLag ?? 1,
    storesContent: options.storesContent ?? false,
    remember: options.remember ?? Number.POSITIVE_INFINITY,
    triggers: options.triggers ?? false,
  };
}
