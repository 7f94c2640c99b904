import type { Model } from './model.ts';

/** What `GET /models` answers. */
export interface ModelList {
  /** The models. */
  readonly data: readonly Model[];
  /** Where the list goes on. */
  readonly links?: PageLinks | undefined;
  /** How many there are on all pages. */
  readonly total_count?: number | undefined;
  readonly [key: string]: unknown;
}

/** Where a list goes on. */
export interface PageLinks {
  /** A path without a host, or null on the last page. */
  readonly next?: string | null | undefined;
  readonly [key: string]: unknown;
}
