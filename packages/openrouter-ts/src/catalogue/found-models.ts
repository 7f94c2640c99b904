import type { Endpoint } from '../wire/endpoint.ts';
import type { Model } from '../wire/model.ts';

/** What a search gives. */
export interface FoundModels {
  /** The models that are as they must be, best first. */
  readonly matches: readonly FoundModel[];
  /** When the oldest answer that this rests on was asked for, in milliseconds since 1970. */
  readonly askedAt: number;
  /** Whether some of it is older than `catalogue.ttlMs`, because OpenRouter could not be asked anew. */
  readonly stale: boolean;
}

/** A model that is as it must be. */
export interface FoundModel {
  /** The model, as the API lists it. */
  readonly model: Model;
  /** Those of its endpoints that meet all conditions, best first. Undefined when nothing made it necessary to look at them. */
  readonly endpoints: readonly Endpoint[] | undefined;
}
