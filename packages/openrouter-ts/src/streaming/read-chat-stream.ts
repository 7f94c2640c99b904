import type { Attempt } from '../errors/attempt.ts';
import { contentType } from '../http/content-type.ts';
import type { Outcome, ResponseDetails } from '../http/outcome.ts';
import type { ReadContext } from '../http/read-context.ts';
import { unreadable } from '../http/broken-answer.ts';
import { readJson } from '../http/read-json.ts';
import type { TransportResponse } from '../http/transport.ts';
import type { ChatChunk } from '../wire/chat-chunk.ts';
import { ChatStream } from './chat-stream.ts';
import { ChunkReader } from './chunk-reader.ts';
import { CompletionAssembler } from './completion-assembler.ts';

/**
 * Opens a stream: it is open when its first output is here. Whatever fails before that is a failure of the call, and nothing of it reaches a reader.
 *
 * @param response - a good response
 * @param context - the attempt
 * @returns the stream, with the chunks that came before and with its first output; it settles when nothing more will arrive
 * @throws OpenRouterError when the answer is not a stream, or fails before its first output
 */
export async function readChatStream(response: TransportResponse, context: ReadContext): Promise<Outcome<ChatStream>> {
  await throwUnlessEvents(response, context);
  const reader = new ChunkReader(response, context, new CompletionAssembler());
  const opening: ChatChunk[] = [];
  while (reader.phase === 'answered' && !reader.ended) {
    const chunk = reader.take();
    if (chunk === undefined) await reader.fill();
    else opening.push(chunk);
  }
  const details = responseDetails(response, reader, context.request.attempts);
  const stream = new ChatStream({ reader, opening, response: details, scope: context.scope });
  return { value: stream, response: details, settled: stream.settled };
}

/** What came decides, not what was asked for: an error comes as JSON, a wrong address as a page. */
async function throwUnlessEvents(response: TransportResponse, context: ReadContext): Promise<void> {
  const type = contentType(response.headers);
  if (type === 'text/event-stream' || type === '') return;
  if (type === 'application/json' || type === 'text/html') await readJson(response, context);
  throw unreadable('unexpected-content-type', `${type} in the place of a stream of events`, response, context);
}

function responseDetails(
  { status, headers }: TransportResponse,
  reader: ChunkReader,
  attempts: readonly Attempt[],
): ResponseDetails {
  return {
    status,
    headers,
    attempts,
    warnings: reader.warnings,
    get generationId() {
      return reader.generationId;
    },
  };
}
