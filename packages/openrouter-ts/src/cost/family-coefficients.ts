import type { ModelFamily } from './model-family.ts';

/** What tokens a family's prompts have beside those of their text. */
export interface FamilyCoefficients {
  /** For a request. */
  readonly perRequest: number;
  /** For each message. */
  readonly perMessage: number;
  /** For a request that has tools. */
  readonly withTools: number;
  /** For each token that the descriptions of the tools would be as plain text: providers rewrite them. */
  readonly perToolToken: number;
}

/** Fitted to recorded answers by `scripts/fit-token-estimate.mjs`, which writes this table. */
export const familyCoefficients: Readonly<Record<ModelFamily, FamilyCoefficients>> = {
  // fitted
  openai: { perRequest: 3.75, perMessage: 3.23, withTools: 8, perToolToken: 0.6 },
  'gpt-oss': { perRequest: 63.23, perMessage: 3.24, withTools: 29, perToolToken: 0.78 },
  gemma: { perRequest: 4.57, perMessage: 2.71, withTools: 29, perToolToken: 0.78 },
  anthropic: { perRequest: 6.91, perMessage: 0.25, withTools: 265, perToolToken: 1.99 },
  google: { perRequest: 0.02, perMessage: 0.1, withTools: 13, perToolToken: 0.22 },
  'meta-llama': { perRequest: 7.06, perMessage: 3.33, withTools: 29, perToolToken: 0.78 },
  mistral: { perRequest: 0.1, perMessage: 2.9, withTools: 38, perToolToken: 0.82 },
  qwen: { perRequest: 5.55, perMessage: 3.67, withTools: 74, perToolToken: 1.24 },
  deepseek: { perRequest: 2.21, perMessage: 1.63, withTools: 90, perToolToken: 0.96 },
  'x-ai': { perRequest: 5.21, perMessage: 2.69, withTools: 299, perToolToken: 0.69 },
  moonshotai: { perRequest: 4.76, perMessage: 3.37, withTools: 10, perToolToken: 1.04 },
  'z-ai': { perRequest: 1.89, perMessage: 2.66, withTools: 107, perToolToken: 1.02 },
  other: { perRequest: 3.41, perMessage: 3.83, withTools: 18, perToolToken: 0.78 },
  // end of fitted
};
