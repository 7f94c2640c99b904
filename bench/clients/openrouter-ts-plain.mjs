import { OpenRouter } from 'openrouter-ts';
import { adapt } from './openrouter-ts.mjs';

/**
 * The client as it comes: retries and their budget, learned limits, timers and the ledger are on; there is no limit that it was told.
 * @type {import('./index.mjs').OpenClient}
 */
export async function open({ apiKey, baseURL }) {
  return adapt(new OpenRouter({ apiKey, baseURL }));
}
