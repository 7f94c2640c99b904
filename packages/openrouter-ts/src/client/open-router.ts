import { platform } from '#platform';
import { ConfigError } from '../errors/config-error.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { ExchangeOptions } from '../http/exchange.ts';
import { attributionHeaders, normalizeKey, userHeaders } from '../http/headers.ts';
import { defaultBaseUrl, normalizeBaseUrl } from '../http/url.ts';
import { createCall } from '../pipeline/call.ts';
import { fetchTransport } from '../platform/fetch-transport.ts';
import { chat, type Chat } from '../resources/chat.ts';
import type { AbortScope } from '../util/abort-scope.ts';
import { systemClock } from '../util/clock.ts';
import { defaultTimeoutMs, limitsFor, timeoutsFor } from './defaults.ts';
import { checkOptions, type OpenRouterOptions } from './options.ts';
import { pipeline } from './pipeline.ts';

/**
 * A client of the OpenRouter API. One is enough for a program: it keeps connections and shares limits between its calls.
 */
export class OpenRouter {
  /** Answers from a model. */
  readonly chat: Chat;

  /**
   * Opens a client. Nothing is sent until the first call.
   *
   * @param options - the key and everything else; what is not said comes from the environment, then from the defaults
   * @throws ConfigError when an option cannot work; the message never repeats a key
   */
  constructor(options: OpenRouterOptions = {}) {
    checkOptions(options);
    if (platform.isBrowser && options.dangerouslyAllowBrowser !== true) {
      throw new ConfigError(
        "Anybody who opens this page could read the key. Call OpenRouter from a server, or set dangerouslyAllowBrowser if the key is the visitor's own.",
      );
    }
    const { clock = systemClock, timeoutMs = defaultTimeoutMs, timeouts } = options;
    const transport =
      options.transport ?? (options.fetch === undefined ? platform.createTransport() : fetchTransport(options.fetch));
    // Without word from the transport, a wait for the connection cannot be told from a wait for the answer.
    const untold = transport.reportsConnection === true ? undefined : { connectMs: Infinity };
    const streamed = { ...timeoutsFor(true, timeouts), ...untold };
    const whole = { ...timeoutsFor(false, timeouts), ...untold };
    const call = createCall(pipeline({ clock, timeoutMs, timeoutsFor: ({ stream }) => (stream ? streamed : whole) }), {
      transport,
      baseUrl: normalizeBaseUrl(
        options.baseURL ?? environment('OPENROUTER_BASE_URL') ?? defaultBaseUrl,
        options.allowInsecure === true,
      ),
      headersFor: headersFor(options),
      clock,
      limits: limitsFor(options.limits),
      decodeUtf8: platform.decodeUtf8,
    });
    this.chat = chat(call);
  }
}

function environment(name: string): string | undefined {
  const value = platform.readEnvironment(name)?.trim();
  return value === '' ? undefined : value;
}

/** Everything that does not change from call to call is checked and built once. */
function headersFor(options: OpenRouterOptions): ExchangeOptions['headersFor'] {
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
        reject(new ConfigError('apiKey failed instead of giving a key. See the cause.', { cause }));
      });
  });
}

function bearer(key: unknown): string {
  return `Bearer ${normalizeKey(key)}`;
}

function missingKey(): never {
  throw new ConfigError(
    'There is no API key. Pass apiKey, or set OPENROUTER_API_KEY; keys are made at https://openrouter.ai/keys.',
  );
}
