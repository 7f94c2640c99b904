import type { PriceKey } from './price-key.ts';

/** A guess at a number, with what it should hardly fall below and hardly exceed. */
export interface TokenRange {
  /** Hardly less. */
  readonly low: number;
  /** The best guess. */
  readonly likely: number;
  /** Hardly more. */
  readonly high: number;
}

/** What an estimate rests on, or what it leaves out. */
export type EstimateBasisCode =
  | 'endpoint-prices'
  | 'listed-prices'
  | 'stale-prices'
  | 'request-limit'
  | 'model-limit'
  | 'calibrated'
  | 'not-calibrated'
  | 'session-answers'
  | 'usual-answer'
  | 'media'
  | 'search'
  | 'server-tools'
  | 'unknown-prices'
  | 'unknown-limit'
  | 'other-models'
  | 'preset'
  | (string & {});

/** One thing that an estimate rests on, or that it leaves out. */
export interface EstimateBasis {
  /** For programs. */
  readonly code: EstimateBasisCode;
  /** For people. */
  readonly message: string;
}

/** What a request may cost, or that it is not known. */
export type CostEstimate = KnownCostEstimate | UnknownCostEstimate;

/** What every estimate tells. */
export interface EstimatedTokens {
  /** The model that the estimate is for, by its id in the listing. */
  readonly model: string;
  /** How long the prompt is. */
  readonly promptTokens: TokenRange;
  /** How long the answer becomes, thoughts included. The highest is what request and model allow. */
  readonly completionTokens: TokenRange;
  /** What the estimate rests on. */
  readonly restsOn: readonly EstimateBasis[];
}

/** What a request may cost. */
export interface KnownCostEstimate extends EstimatedTokens {
  /** Tells it from a cost that is not known. */
  readonly type: 'known';
  /** Hardly less: the cheapest provider, and a short answer. USD, rounded to the closest number. */
  readonly lowUsd: number;
  /** The best guess. USD, rounded to the closest number. */
  readonly likelyUsd: number;
  /** Hardly more: the dearest provider, and the longest answer. USD, rounded to the closest number. */
  readonly highUsd: number;
  /** The same in full, as decimal texts. */
  readonly exact: { readonly low: string; readonly likely: string; readonly high: string };
}

/** Nobody knows what a request costs; `restsOn` says why. */
export interface UnknownCostEstimate extends EstimatedTokens {
  /** Tells it from a cost that is known. */
  readonly type: 'unknown';
  /** The prices that are not known; empty when something else is missing. */
  readonly missing: readonly PriceKey[];
}
