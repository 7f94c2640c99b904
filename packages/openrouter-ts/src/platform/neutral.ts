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
  readEnvironment,
  get isBrowser() {
    return 'window' in globalThis && 'document' in globalThis;
  },
};

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
