import type { Call } from '../pipeline/call.ts';
import type { Clock } from '../util/clock.ts';
import { accountActivity } from './activity.ts';
import { accountCredits } from './credits.ts';
import { generations } from './generations.ts';
import { currentKey } from './key.ts';
import { modelResource } from './models.ts';
import { providers } from './providers.ts';
import type { Resources } from './resources.ts';

/**
 * Makes the endpoints beside the chat.
 *
 * @param call - the function through which every call goes
 * @param clock - counts the pauses of those who wait for a record
 * @returns the endpoints
 */
export function resources(call: Call, clock: Clock): Resources {
  return {
    models: modelResource(call),
    providers: providers(call),
    key: currentKey(call),
    credits: accountCredits(call),
    generations: generations(call, clock),
    activity: accountActivity(call),
  };
}
