import { askedAnswerLength } from '../cost/answer-bound.ts';
import { matchesProvider } from '../cost/matches-provider.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import type { ProviderPreferences } from '../wire/provider-preferences.ts';
import { wishesOf } from './check-parameters.ts';
import { endpointFilter } from './endpoint-filter.ts';
import { type CheckedRequest, finding, type RequestFinding } from './request-finding.ts';

interface Filter {
  readonly path: string;
  readonly keeps: (endpoint: Endpoint) => boolean;
}

/**
 * Finds preferences that leave nobody to answer, and names of providers that stand for nobody.
 *
 * @see https://openrouter.ai/docs/guides/routing/provider-selection
 * @param checked - the request and what it is held against
 * @returns what was found
 */
export function checkProviders(checked: CheckedRequest): readonly RequestFinding[] {
  const { endpoints } = checked;
  if (endpoints.length === 0) return [];
  return [...checkNames(checked), ...checkFilters(checked)];
}

function checkFilters(checked: CheckedRequest): readonly RequestFinding[] {
  const { endpoints, model } = checked;
  const passed: string[] = [];
  let left = endpoints;
  for (const { path, keeps } of filtersOf(checked)) {
    const next = left.filter((endpoint) => keeps(endpoint));
    if (next.length === 0) {
      const before = passed.length > 0 && endpoints.some((endpoint) => keeps(endpoint));
      const together = before ? ` together with ${passed.join(' and ')}` : '';
      const message = `${path}${together} leaves none of the ${endpoints.length} endpoints of ${model.id}: ${endpoints.map(nameOf).join(', ')}.`;
      return [finding('refused', 'no-endpoint-left', path, message)];
    }
    if (next.length < left.length) passed.push(path);
    left = next;
  }
  return [];
}

function filtersOf({ request, keepsNothing }: CheckedRequest): readonly Filter[] {
  const { only, order, allow_fallbacks, ignore, quantizations, data_collection, zdr, max_price, require_parameters } =
    request.provider ?? {};
  const by = (path: string, provider: ProviderPreferences): Filter => ({
    path: `provider.${path}`,
    keeps: endpointFilter({ provider }, keepsNothing),
  });
  const asked = askedAnswerLength(request) ?? 0;
  return [
    by('only', { only }),
    by('order', { order, allow_fallbacks }),
    by('ignore', { ignore }),
    by('quantizations', { quantizations }),
    by('data_collection', { data_collection }),
    by('zdr', { zdr }),
    by('max_price', { max_price }),
    {
      path: 'provider.require_parameters',
      keeps: ({ supported_parameters: known }) =>
        require_parameters !== true ||
        wishesOf(request).every(({ anyOf }) => anyOf.some((name) => known.includes(name))),
    },
    { path: 'max_tokens', keeps: ({ max_completion_tokens: most }) => most == null || asked <= most },
  ];
}

function checkNames({ request, model, endpoints }: CheckedRequest): readonly RequestFinding[] {
  const { only, order } = request.provider ?? {};
  const lists = { only, order };
  return (['only', 'order'] as const).flatMap((name) =>
    (lists[name] ?? []).flatMap((slug, index) =>
      endpoints.some((endpoint) => matchesProvider(slug, endpoint))
        ? []
        : [
            finding(
              'warning',
              'provider-unknown',
              `provider.${name}.${index}`,
              `"${slug}" serves no ${model.id}. Those who do: ${endpoints.map(nameOf).join(', ')}.`,
            ),
          ],
    ),
  );
}

function nameOf({ tag, provider_name: name }: Endpoint): string {
  return tag ?? name;
}
