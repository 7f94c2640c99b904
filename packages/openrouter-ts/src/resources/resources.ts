import type { AccountActivity } from './activity.ts';
import type { AccountCredits } from './credits.ts';
import type { Generations } from './generations.ts';
import type { CurrentKey } from './key.ts';
import type { ModelResource } from './models.ts';
import type { Providers } from './providers.ts';

/** The endpoints of a client beside its chat. */
export interface Resources {
  readonly models: ModelResource;
  readonly providers: Providers;
  readonly key: CurrentKey;
  readonly credits: AccountCredits;
  readonly generations: Generations;
  readonly activity: AccountActivity;
}
