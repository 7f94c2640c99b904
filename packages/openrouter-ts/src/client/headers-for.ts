import { ConfigError } from '../errors/config-error.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { ExchangeOptions } from '../http/exchange.ts';
import { attributionHeaders, missingKey, normalizeKey, userHeaders } from '../http/headers.ts';
import type { AbortScope } from '../util/abort-scope.ts';
import { environment } from './environment.ts';
import type { OpenRouterOptions } from './options.ts';

/**
 * Checks and builds once what does not change from call to call.
 *
 * @param options - the key and the attribution; what is not said comes from the environment
 * @returns what gives the headers of each request
 * @throws ConfigError when one of them cannot work; the message never repeats a key
 */
export function headersFor(options: OpenRouterOptions): ExchangeOptions['headersFor'] {
  const { apiKey = environment('OPENROUTER_API_KEY'), categories } = options;
  const siteUrl = options.siteUrl ?? environment('OPENROUTER_SITE_URL');
  const siteName = options.siteName ?? environment('OPENROUTER_SITE_NAME');
  const common = {
    ...attributionHeaders({ siteUrl, siteName, categories }),
    ...userHeaders(options.defaultHeaders ?? {}),
  };
  if (typeof apiKey === 'function')
    return async (request) => build(request, bearer(await ask(apiKey, request.scope)), common);
  if (apiKey === undefined) return missingKey;
  const authorization = bearer(apiKey);
  const built = new Map<string, Headers>();
  return (request) => {
    if (request.headers !== undefined) return build(request, authorization, common);
    const kind = `${String(request.stream)} ${typeof request.body}`;
    const headers = built.get(kind) ?? build(request, authorization, common);
    built.set(kind, headers);
    return headers;
  };
}

type Headers = Readonly<Record<string, string>>;

function build({ body, stream, headers }: ApiRequest, authorization: string, common: Headers): Headers {
  return {
    accept: stream ? 'text/event-stream' : 'application/json',
    ...(body !== undefined && { 'content-type': 'application/json' }),
    authorization,
    ...common,
    ...headers,
  };
}

/** Whoever gives the key may take as long as the call has, and fails as a part of it. */
function ask(apiKey: () => unknown, scope: AbortScope): Promise<unknown> {
  return new Promise((resolve, reject) => {
    scope.onAbort(reject);
    Promise.resolve()
      .then(apiKey)
      .then(resolve, (cause: unknown) => {
        reject(new ConfigError('apiKey failed. See the cause.', { cause }));
      });
  });
}

function bearer(key: unknown): string {
  return `Bearer ${normalizeKey(key)}`;
}
