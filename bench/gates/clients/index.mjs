/**
 * The clients that meet the faults, in the order of the tables. Each module opens one client as its own documentation shows, and hands over what a
 * caller of it sees, in one shape.
 */

/**
 * @typedef {object} Settings
 * @property {string} apiKey
 * @property {string} baseURL
 * @property {number} [maxRetries] left out: the client's default
 * @property {number} [timeoutMs] every limit for waits that the client has; left out: its defaults
 */

/**
 * @typedef {object} CallOptions
 * @property {AbortSignal} [signal]
 * @property {Record<string, string>} [headers]
 * @property {string} [model]
 */

/**
 * @typedef {object} Seen
 * @property {unknown} value what the call resolved with
 * @property {string} [text]
 * @property {string | null} [finish] the finish reason
 */

/**
 * @typedef {object} Part
 * @property {string} [text]
 * @property {string | null} [finish]
 * @property {unknown} [error] one that is handed over as a part of the stream rather than thrown
 */

/**
 * @typedef {object} Client
 * @property {(call?: CallOptions) => Promise<Seen>} ask
 * @property {(call?: CallOptions) => AsyncIterable<Part>} stream
 */

/** This project's own client. */
export const OURS = 'openrouter-ts';

/** @type {readonly { id: string, title: string, packages: readonly string[], hasMaxRetries: boolean }[]} */
export const CLIENTS = [
  { id: OURS, title: '**openrouter-ts**', packages: ['openrouter-ts'], hasMaxRetries: true },
  { id: 'openai', title: '`openai`', packages: ['openai'], hasMaxRetries: true },
  { id: 'openrouter-sdk', title: '`@openrouter/sdk`', packages: ['@openrouter/sdk'], hasMaxRetries: false },
  { id: 'ai-sdk', title: '`ai` + provider', packages: ['ai', '@openrouter/ai-sdk-provider'], hasMaxRetries: true },
];

export const MODEL = 'openai/gpt-4o-mini';

/** What is asked; long enough to be recognized by its size. */
export const PROMPT = 'Say hello, and nothing else. '.repeat(40);

/**
 * @param {string} id
 * @param {Settings} settings
 * @returns {Promise<Client>}
 */
export async function openClient(id, settings) {
  const { open } = await import(`./${id}.mjs`);
  return open(settings);
}
