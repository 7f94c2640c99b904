/** The tiers of a provider are offers of their own: its plain slug does not stand for them. */
const tiers: ReadonlySet<string> = new Set(['fast', 'flex', 'priority', 'scale']);

/**
 * Tells whether a slug of `provider.only`, `order` or `ignore` stands for an endpoint: a full one for itself, a plain one for all regions and
 * variants of the provider.
 *
 * @see https://openrouter.ai/docs/guides/routing/provider-selection
 * @param slug - for example `deepinfra` or `deepinfra/turbo`
 * @param endpoint - the endpoint; one without a tag goes by the name of its provider
 * @returns true when it does
 */
export function matchesProvider(
  slug: string,
  endpoint: { readonly tag?: string | undefined; readonly provider_name: string },
): boolean {
  const wanted = slug.toLowerCase();
  const tag = (endpoint.tag ?? endpoint.provider_name.replaceAll(' ', '-')).toLowerCase();
  if (tag === wanted) return true;
  if (!tag.startsWith(`${wanted}/`)) return false;
  const parts = tag.slice(wanted.length + 1).split('/');
  return !parts.some((part) => tiers.has(part));
}
