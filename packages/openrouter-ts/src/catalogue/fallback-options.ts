import type { ModelCriteria } from './model-criteria.ts';

/**
 * What models must be like that stand in for another. What is not said here is taken from the model itself: what it takes and gives, and its
 * context. Its abilities are not: name those that your requests need.
 */
export interface FallbackOptions extends Omit<ModelCriteria, 'free' | 'limit' | 'sort'> {
  /** How many to choose at most. Default 2. */
  readonly count?: number | undefined;
  /** How many times the model's own price they may cost, for the prompt and for the answer. Default 1. A price that is named goes before it. */
  readonly maxPriceRatio?: number | undefined;
  /** Whether models that cost money may stand in for one that costs nothing; only the prices that are named then bound them. Default false. */
  readonly allowPaid?: boolean | undefined;
}
