import { ConfigError } from '../errors/config-error.ts';
import { plainLosses } from '../http/plain-losses.ts';
import { systemClock } from '../util/clock.ts';
import { isJsonObject } from '../util/json.ts';
import { fetchTransport } from './fetch-transport.ts';
import type { Platform } from './platform.ts';

/** Browsers, Workers, Deno and Bun: what every runtime with `fetch` has. */
export const platform: Platform = {
  // Workers tie a timer to the request that set it: calls must not share one.
  clock: systemClock,
  // Looked up at each call: a polyfill or a test may replace it later.
  createTransport: () => fetchTransport((url, init) => globalThis.fetch(url, init)),
  fetchTransport,
  readEnvironment,
  plainLosses,
  refuseBrowser,
};

function refuseBrowser(): void {
  if (!('window' in globalThis && 'document' in globalThis)) return;
  throw new ConfigError(
    "Anybody who opens this page could read the key. Call OpenRouter from a server, or set dangerouslyAllowBrowser if the key is the visitor's own.",
  );
}

/** Deno and Bun have Node's `process.env`; Deno asks for permission, and throws when it is refused. */
function readEnvironment(name: string): string | undefined {
  try {
    const holder: unknown = Reflect.get(globalThis, 'process');
    const environment = isJsonObject(holder) ? holder['env'] : undefined;
    const value = isJsonObject(environment) ? environment[name] : undefined;
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
