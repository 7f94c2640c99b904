import type { WriteStep } from '../step.ts';

/** The comment with which OpenRouter keeps a stream alive. */
export const processingComment: WriteStep = { type: 'write', data: ': OPENROUTER PROCESSING\n\n' };

/** What ends a stream. */
export const doneEvent: WriteStep = { type: 'write', data: 'data: [DONE]\n\n' };

/** The whitespace with which OpenRouter keeps a JSON answer alive. */
export const keepAliveWhitespace: WriteStep = { type: 'write', data: '\n         \n' };

/**
 * An event of a stream.
 *
 * @param content - what is sent, as JSON
 * @returns the step that sends it
 */
export function dataEvent(content: unknown): WriteStep {
  return { type: 'write', data: `data: ${JSON.stringify(content)}\n\n` };
}
