import type { Transport, TransportResponse } from '../http/transport.ts';

/** Statuses whose responses must not have a body, as `Response` insists. */
const withoutBody: ReadonlySet<number> = new Set([101, 204, 205, 304]);

/**
 * Makes a `fetch` of a transport, for clients that know nothing of transports. It never follows redirects.
 *
 * @param transport - what sends the requests
 * @returns a function like `globalThis.fetch`
 */
export function simulatedFetch(transport: Transport): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
    const signal = init?.signal ?? request.signal;
    const { method, url } = request;
    try {
      return toResponse(
        await transport({ method, url, headers: Object.fromEntries(request.headers), body, signal }),
        signal,
      );
    } catch (cause) {
      throw signal.aborted ? signal.reason : new TypeError('fetch failed', { cause });
    }
  };
}

function toResponse({ status, headers, body }: TransportResponse, signal: AbortSignal): Response {
  return new Response(withoutBody.has(status) ? null : toStream(body, signal), { status, headers });
}

function toStream(body: AsyncIterable<Uint8Array>, signal: AbortSignal): ReadableStream<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const result = await iterator.next();
          if (result.done === true) controller.close();
          else controller.enqueue(result.value);
        } catch (cause) {
          throw signal.aborted ? signal.reason : new TypeError('terminated', { cause });
        }
      },
      cancel: async () => {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
