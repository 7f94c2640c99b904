import { OpenRouter, type Hooks } from 'openrouter-ts';
import type { Settings } from './settings.ts';

/**
 * Makes the client that answers: OpenRouter's, or the built-in simulator.
 *
 * @param settings - the key, the address, and whether this is a demonstration
 * @param hooks - told of what happens in calls
 * @returns the client
 * @throws ConfigError when the key or the address cannot work
 */
export async function openClient({ demo, apiKey, baseUrl }: Settings, hooks: Hooks): Promise<OpenRouter> {
  if (!demo) {
    return new OpenRouter({ apiKey, baseURL: baseUrl, siteName: 'openrouter-chat', categories: ['cli-agent'], hooks });
  }
  const { Simulator } = await import('openrouter-ts/testing');
  const { transport } = new Simulator({ pace: 'human', triggers: true });
  return new OpenRouter({ apiKey: 'demo', baseURL: 'https://simulated.invalid/api/v1', transport, hooks });
}
