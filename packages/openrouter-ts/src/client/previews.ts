import type { OpenStore } from '../catalogue/open-store.ts';
import type { CountTokens } from '../cost/token-estimate.ts';
import { MadeOnce } from '../http/made-once.ts';
import { OnDemand } from '../http/on-demand.ts';
import type { Previews } from './preview.ts';

/** What estimates and checks. */
export const previewsPart: OnDemand<typeof import('./preview.ts')> = new OnDemand(
  'previews',
  () => import('./preview.ts'),
);

/**
 * Makes the previews of a client.
 *
 * @param open - opens what the client knows of models
 * @param countTokens - counts the tokens of a text, if the caller knows how
 * @returns the previews
 */
export function previews(open: OpenStore, countTokens: CountTokens | undefined): Previews {
  const lazy = new MadeOnce(previewsPart, ({ preview }) => preview(open, countTokens));
  return {
    estimate: async (request, signal) => (await lazy.open(signal)).estimate(request, signal),
    check: async (request, signal) => (await lazy.open(signal)).check(request, signal),
    learn: (request, usage) => lazy.made?.learn(request, usage),
  };
}
