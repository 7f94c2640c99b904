/** What the servers of the gates answer with, in the shapes of the API. */
import { chunk, lastChunk, responseHead, write } from 'openrouter-ts/testing/server';

/** @typedef {import('openrouter-ts/testing/server').ScriptedStep} Step */

const common = {
  id: 'gen-gate-1',
  created: 1_767_225_600,
  model: 'openai/gpt-4o-mini',
  provider: 'OpenAI',
};
const usage = {
  prompt_tokens: 3,
  completion_tokens: 2,
  total_tokens: 5,
  cost: 0.000_01,
  is_byok: false,
  prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
  cost_details: {
    upstream_inference_cost: 0.000_01,
    upstream_inference_prompt_cost: 0.000_002,
    upstream_inference_completions_cost: 0.000_008,
  },
  completion_tokens_details: { reasoning_tokens: 0 },
};

/**
 * A whole answer.
 * @param {number} status
 * @param {string | Uint8Array} body
 * @param {Record<string, string>} [headers]
 * @returns {Step}
 */
export function whole(status, body, headers = {}) {
  const bytes = Buffer.from(body);
  const date = new Date().toUTCString();
  const head = responseHead(status, {
    date,
    'content-type': 'application/json',
    ...headers,
    'content-length': String(bytes.length),
  });
  return write(Buffer.concat([Buffer.from(head), bytes]));
}

/**
 * @param {number} status
 * @param {object} error
 * @param {Record<string, string>} [headers]
 */
export function refusal(status, error, headers) {
  return whole(status, JSON.stringify({ error: { code: status, ...error } }), headers);
}

/**
 * @param {string} content
 * @param {object} [choice] more of its choice
 */
export function completion(content, choice = {}) {
  const message = { role: 'assistant', content, refusal: null, reasoning: null };
  const choices = [
    { index: 0, logprobs: null, finish_reason: 'stop', native_finish_reason: 'stop', message, ...choice },
  ];
  return JSON.stringify({ ...common, object: 'chat.completion', system_fingerprint: 'fp_1', choices, usage });
}

/** «Hello», not streamed. */
export const hello = () => whole(200, completion('Hello'));

/** @param {unknown} value */
export function event(value) {
  return `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;
}

/**
 * @param {object} delta
 * @param {object} [choice]
 * @param {object} [more]
 */
export function streamChunk(delta, choice = {}, more = {}) {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: null, native_finish_reason: null, ...choice }];
  return event({ ...common, object: 'chat.completion.chunk', choices, ...more });
}

/** @param {string} content */
export function text(content) {
  return streamChunk({ role: 'assistant', content });
}

export const finish = streamChunk(
  { role: 'assistant', content: '' },
  { finish_reason: 'stop', native_finish_reason: 'stop' },
);
export const ending = event({ ...common, object: 'chat.completion.chunk', choices: [], usage });
export const done = event('[DONE]');

/** @param {Record<string, string>} [headers] */
export function streamHead(headers = {}) {
  return write(
    responseHead(200, {
      date: new Date().toUTCString(),
      'content-type': 'text/event-stream',
      'transfer-encoding': 'chunked',
      'x-generation-id': common.id,
      ...headers,
    }),
  );
}

/**
 * A stream that ends in good order.
 * @param {readonly string[]} pieces
 * @returns {readonly Step[]}
 */
export function stream(pieces) {
  return [streamHead(), write(pieces.map((piece) => chunk(piece))), write(lastChunk)];
}

/** «Hello», streamed. */
export const helloStream = () => stream([': OPENROUTER PROCESSING\n\n', text('Hel'), text('lo'), finish, ending, done]);
