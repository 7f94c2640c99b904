/**
 * The answers that the service gives in a benchmark: the shapes, sizes and spelling of real OpenRouter traffic, the same bytes in every run.
 */

export const MODEL = 'openai/gpt-4o-mini';
const CREATED = 1_786_465_029;
const GENERATION_ID = 'gen-1786465029-Qm7tRk2VbX0cLw9ZsYpH';
const PROVIDER = 'Azure';
const NATIVE_FINISH_REASON = 'completed';
const COST_USD = 0.00021315;

/** How many different chunks there are before they repeat; a multiple of every batch size in use. */
export const RING = 240;

/** Pieces of text as models emit them: mostly a word with its space, some parts of words, some beyond ASCII. */
const PIECES = (
  ' the| of| connection| stays| open|,| so| each| token| arrives| as| soon| as| it| is| known|.|\n\n|When|' +
  ' a| client| reads| slowly|,| the| server| waits| —| back|-pressure| at| work|.| In| prac|tice| that|' +
  ' means| “|flow| control|”| costs| nothing| extra|;| un|used| buffers| are| freed|.| Café| naïve| 漢字| 🙂|' +
  '\n|- |`for await`| loops'
).split('|');

/**
 * What a client can keep of an answer besides its text. A client keeps a fact when the value is anywhere in what it hands to its caller.
 * @type {Readonly<Record<string, string | number>>}
 */
export const FACTS = {
  'generation id': GENERATION_ID,
  provider: PROVIDER,
  'native finish reason': NATIVE_FINISH_REASON,
  cost: COST_USD,
};

/**
 * The text of the chunk at a position in a stream.
 * @param {number} index
 */
export function pieceAt(index) {
  const position = index % RING;
  return PIECES[(position * 7 + (position >> 4)) % PIECES.length];
}

/**
 * The text that the first chunks of a stream add up to.
 * @param {number} chunks
 */
function streamedText(chunks) {
  let text = '';
  for (let index = 0; index < chunks; index += 1) text += pieceAt(index);
  return text;
}

const RING_LENGTH = streamedText(RING).length;

/**
 * The length of the text that a stream of so many chunks adds up to.
 * @param {number} chunks
 */
export function streamedLength(chunks) {
  return Math.floor(chunks / RING) * RING_LENGTH + streamedText(chunks % RING).length;
}

/** The text of the answer to a call that is not streamed. */
export const ANSWER_TEXT = streamedText(210);

/** The request that every client sends. */
export const REQUEST = {
  model: MODEL,
  messages: [
    {
      role: 'system',
      content: 'You explain networking to working programmers. Be exact, be brief, and give one example.',
    },
    {
      role: 'user',
      content:
        'Our service streams answers of a language model to a browser. Under load some answers arrive in bursts instead of word by word. ' +
        'What decides how many words arrive together, and what should we look at first? Assume HTTP/1.1 behind one reverse proxy.',
    },
  ],
  temperature: 0.3,
};

/** @param {number} completionTokens */
function usage(completionTokens) {
  return {
    prompt_tokens: 87,
    completion_tokens: completionTokens,
    total_tokens: 87 + completionTokens,
    cost: COST_USD,
    is_byok: false,
    prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 0, audio_tokens: 0, video_tokens: 0 },
    cost_details: {
      upstream_inference_cost: COST_USD,
      upstream_inference_prompt_cost: 0.00001305,
      upstream_inference_completions_cost: 0.0002001,
    },
    completion_tokens_details: { reasoning_tokens: 0, image_tokens: 0, audio_tokens: 0 },
  };
}

/** The body of the answer to a call that is not streamed. */
export function answerBody() {
  return JSON.stringify({
    id: GENERATION_ID,
    object: 'chat.completion',
    created: CREATED,
    model: MODEL,
    provider: PROVIDER,
    system_fingerprint: 'fp_7f2c41d09b',
    service_tier: 'default',
    choices: [
      {
        index: 0,
        logprobs: null,
        finish_reason: 'stop',
        native_finish_reason: NATIVE_FINISH_REASON,
        message: { role: 'assistant', content: ANSWER_TEXT, refusal: null, reasoning: null },
      },
    ],
    usage: usage(210),
  });
}

/**
 * One event of a stream, as it is on the wire.
 * @param {object} delta
 * @param {string | null} finishReason
 * @param {object} more fields of the chunk itself
 */
function event(delta, finishReason = null, more = {}) {
  const chunk = {
    id: GENERATION_ID,
    object: 'chat.completion.chunk',
    created: CREATED,
    model: MODEL,
    provider: PROVIDER,
    ...more,
    choices: [
      {
        index: 0,
        delta,
        finish_reason: finishReason,
        native_finish_reason: finishReason && NATIVE_FINISH_REASON,
        logprobs: null,
      },
    ],
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

/** What a stream begins with: the comment that the service sends while it waits for the provider. */
export const STREAM_HEAD = ': OPENROUTER PROCESSING\n\n';

/**
 * The event that carries a piece of text.
 * @param {number} index
 */
export function textEvent(index) {
  return event({ role: 'assistant', content: pieceAt(index) });
}

/** The event that opens a tool call. */
export function toolCallEvent() {
  const call = { index: 0, id: 'call_9Qm2Lx7T', type: 'function', function: { name: 'save_document', arguments: '' } };
  return event({ role: 'assistant', content: null, tool_calls: [call] });
}

/**
 * The character at a position in a tool call's arguments of so many bytes: `{"text":"xxx…"}`.
 * @param {number} index
 * @param {number} bytes
 */
export function toolArgumentAt(index, bytes) {
  const head = '{"text":"';
  const tail = '"}';
  if (index < head.length) return head[index];
  return index < bytes - tail.length ? 'x' : tail[index - (bytes - tail.length)];
}

/**
 * The event that carries one character of a tool call's arguments.
 * @param {string} character
 */
export function toolArgumentEvent(character) {
  return event({ role: 'assistant', content: null, tool_calls: [{ index: 0, function: { arguments: character } }] });
}

/**
 * What a stream ends with: the finish reason, the usage, the end mark.
 * @param {number} chunks
 * @param {'stop' | 'tool_calls'} finishReason
 */
export function streamTail(chunks, finishReason = 'stop') {
  const done = { role: 'assistant', content: '' };
  return [
    event(done, finishReason),
    event(done, finishReason, { service_tier: null, usage: usage(chunks) }),
    'data: [DONE]\n\n',
  ];
}

/** The headers that the real service sends with every answer. */
export const HEADERS = {
  server: 'cloudflare',
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'X-Generation-Id,X-Provider-Name,cf-ray',
  'cf-ray': 'a29f3c51be2d7c40-FRA',
  'permissions-policy':
    'payment=(self "https://checkout.stripe.com" "https://connect-js.stripe.com" "https://js.stripe.com" "https://*.js.stripe.com" "https://hooks.stripe.com")',
  'referrer-policy': 'no-referrer, strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
  'x-generation-id': GENERATION_ID,
};
