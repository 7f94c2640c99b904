import type { Exchange, RecordedRequest, SimulatedResponse } from '../../../src/testing/index.ts';

/** What a server sent in answer to one request: the evidence against which the client is judged. */
export interface SentResponse {
  readonly request: RecordedRequest;
  /** What was drawn for it, in words. */
  readonly script: string;
  /** When it arrived, by the wall clock. */
  readonly atEpochMs: number;
  readonly model: string;
  /** The status, once the headers have gone out. */
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as far as it has gone out. */
  readonly body: Uint8Array;
  /** The moment before which the server asked not to be asked again, if it did. */
  readonly notBefore: NotBefore | undefined;
}

/** A hint, and where it stood: one in a body counts only for whoever got the whole body. */
export interface NotBefore {
  readonly epochMs: number;
  readonly where: 'headers' | 'body';
}

/** A response that was drawn: what it does in words, and how it says what it asks for. */
export interface DrawnResponse {
  readonly script: string;
  readonly respond: (exchange: Exchange, tell: (hint: NotBefore) => void) => ReturnType<SimulatedResponse>;
}

/**
 * Plays a response and keeps the record of what goes out.
 *
 * @param drawn - the response
 * @param exchange - the request
 * @param keep - gets the record at once; it grows while the response is played
 */
export function recorded(
  { script, respond }: DrawnResponse,
  exchange: Exchange,
  keep: (sent: SentResponse) => void,
): ReturnType<SimulatedResponse> {
  const { request, clock } = exchange;
  const pieces: Uint8Array[] = [];
  let status: number | undefined;
  let headers: Readonly<Record<string, string>> = {};
  let notBefore: NotBefore | undefined;
  const { model = '' } = request.json as { readonly model?: string };
  keep({
    request,
    script,
    atEpochMs: clock.epochMs(),
    model,
    get status() {
      return status;
    },
    get headers() {
      return headers;
    },
    get body() {
      // A step that was only looked at did not go out.
      return Buffer.concat(pieces).subarray(0, request.sentBytes);
    },
    get notBefore() {
      return notBefore;
    },
  });
  const tell = (hint: NotBefore): void => {
    notBefore = hint;
  };
  return (function* steps() {
    for (const step of respond(exchange, tell)) {
      if (step.type === 'headers') ({ status, headers } = step);
      if (step.type === 'write') pieces.push(Buffer.from(step.data));
      yield step;
    }
  })();
}
