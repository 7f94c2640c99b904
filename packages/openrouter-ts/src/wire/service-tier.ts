/**
 * How fast, and at what price: `flex` is cheaper and slower, `priority` (or `fast`) the other way round. An answer names the tier
 * that served it, and that one is billed.
 *
 * @see https://openrouter.ai/docs/guides/features/service-tiers
 */
export type ServiceTier = 'auto' | 'default' | 'fast' | 'flex' | 'priority' | 'scale' | (string & {});
