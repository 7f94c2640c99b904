import type { Transport } from '../http/transport.ts';

/** The part of `fetch` that is used, whoever wrote it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Makes a transport of a `fetch`.
 *
 * @param fetchFunction - the runtime's, or one of the caller's own; it must stream response bodies
 * @returns the transport
 */
export function fetchTransport(fetchFunction: Fetch): Transport {
  return async ({ method, url, headers, body, signal }) => {
    const response = await fetchFunction(url, {
      method,
      headers: { ...headers },
      signal,
      redirect: 'manual',
      ...(body !== undefined && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    });
    // One that followed a redirect all the same has sent the prompt to whoever was named.
    const followed = response.redirected ? { status: 302, headers: { location: response.url } } : undefined;
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      ...followed,
      body: bytesOf(response.body),
    };
  };
}

/** Runtimes differ in how a stream is iterated, and in what breaking off does; its reader behaves the same everywhere. */
function bytesOf(body: ReadableStream<Uint8Array> | null): AsyncIterable<Uint8Array> {
  const end = { done: true, value: undefined } as const;
  return {
    [Symbol.asyncIterator]: () => {
      const reader = body?.getReader();
      return {
        next: async (): Promise<IteratorResult<Uint8Array>> => {
          const read = await reader?.read();
          return read === undefined || read.done ? end : read;
        },
        return: (): Promise<IteratorResult<Uint8Array>> => {
          // It fails where the body has; and there is nothing to wait for.
          reader?.cancel().catch(() => undefined);
          return Promise.resolve(end);
        },
      };
    },
  };
}
