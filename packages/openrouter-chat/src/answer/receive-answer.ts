import {
  isOpenRouterError,
  type ChatCompletion,
  type ChatRequest,
  type ChatStream,
  type Clock,
  type OpenRouter,
  type ResponseWarning,
} from 'openrouter-ts';

/** How an answer ended. */
export type Ending =
  | {
      readonly type: 'complete';
      readonly completion: ChatCompletion;
      readonly warnings: readonly ResponseWarning[];
      readonly elapsedMs: number;
    }
  /** The signal ended it: somebody stopped it, or nobody reads any more. */
  | { readonly type: 'stopped'; readonly partial: ChatCompletion | undefined; readonly elapsedMs: number }
  | {
      readonly type: 'failed';
      readonly error: unknown;
      readonly partial: ChatCompletion | undefined;
      readonly elapsedMs: number;
    };

/** What is needed to ask. */
export interface Question {
  readonly client: OpenRouter;
  readonly request: ChatRequest;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Told each piece of text; the next one waits until it is done. */
  readonly onText: (text: string) => Promise<void>;
}

/**
 * Asks a model and passes its text on as it comes.
 *
 * @param question - whom to ask, what, and who listens
 * @returns how it ended; it never rejects for what the API or the network does
 */
export async function receiveAnswer({ client, request, signal, clock, onText }: Question): Promise<Ending> {
  const startedAt = clock.now();
  let stream: ChatStream | undefined;
  try {
    stream = await client.chat.stream(request, { signal });
    for await (const text of stream.textDeltas()) await onText(text);
    const completion = await stream.completion();
    return { type: 'complete', completion, warnings: stream.response.warnings, elapsedMs: clock.now() - startedAt };
  } catch (error) {
    const partial = stream?.partial ?? (isOpenRouterError(error) ? error.partial : undefined);
    const elapsedMs = clock.now() - startedAt;
    return signal.aborted ? { type: 'stopped', partial, elapsedMs } : { type: 'failed', error, partial, elapsedMs };
  }
}

/**
 * Finds the message of an answer.
 *
 * @param completion - an answer, whole or in part
 * @returns the first choice's message, if there is one
 */
export function messageOf(
  completion: ChatCompletion | undefined,
): ChatCompletion['choices'][number]['message'] | undefined {
  return completion?.choices[0]?.message;
}
