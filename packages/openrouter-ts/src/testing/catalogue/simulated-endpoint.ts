import type { Percentiles } from '../../wire/endpoint.ts';
import type { Pricing } from '../../wire/pricing.ts';
import type { Quantization } from '../../wire/provider-preferences.ts';
import type { SupportedParameter } from '../../wire/supported-parameter.ts';

/** A provider's offer of a simulated model. What is left out is as the model says. */
export interface SimulatedEndpoint {
  /** The provider's name for people. */
  readonly provider: string;
  /** The slug that `provider.order` and `provider.only` take. Default: made of the name. */
  readonly tag?: string;
  /** Default: the model's. */
  readonly pricing?: Pricing;
  /** In tokens. Default: the model's. */
  readonly contextLength?: number;
  /** In tokens. Default: the model's. */
  readonly maxCompletionTokens?: number | null;
  /** Default: the model's. */
  readonly supportedParameters?: readonly SupportedParameter[];
  /** Default: not known. */
  readonly quantization?: Quantization;
  /** Percent of the requests of the last half hour that it served. Default 100. */
  readonly uptime?: number;
  /** Milliseconds until the first token; told only to those who have a key. Default: not known. */
  readonly latency?: Percentiles;
  /** Tokens a second; told only to those who have a key. Default: not known. */
  readonly throughput?: Percentiles;
  /** Whether it keeps nothing of what it is sent. Default false. */
  readonly zdr?: boolean;
}
