import { readAffordableTokens } from '../errors/affordable-tokens.ts';

const byStatus: Readonly<Record<number, string>> = {
  401: 'Check apiKey, or set OPENROUTER_API_KEY; keys are made at https://openrouter.ai/keys.',
  404: 'Check the model id, and that provider and privacy settings leave a provider for it.',
  413: 'Send less.',
  524: 'Long answers should be streamed.',
};

const needsManagementKey =
  'Only a management key may ask for this; they are made at https://openrouter.ai/settings/management-keys.';

/** A failure that somebody may be able to do something about. */
export interface AdvisedFailure {
  /** The failure's own status. */
  readonly status: number;
  /** OpenRouter's word for it, if it gave one. */
  readonly errorType: string | undefined;
  /** What failed, such as `POST /chat/completions`. */
  readonly operation: string;
  /** The server's own message. */
  readonly words: string;
}

/**
 * Says what a person can do about a failure.
 *
 * @param failure - what failed, and how
 * @returns a sentence, or an empty string where the server's message says it all
 */
export function adviceFor({ status, errorType, operation, words }: AdvisedFailure): string {
  if ((status === 401 || status === 403) && /^GET \/(?:credits|activity)$/.test(operation)) return needsManagementKey;
  if (status === 404 && operation === 'GET /generation')
    return 'A record appears some seconds after its answer: waitMs waits for it.';
  // What is asked for by its id may simply not exist; only a request to a model has its settings to blame.
  if (status === 404 && !operation.startsWith('POST')) return '';
  if (errorType === 'context_length_exceeded') return 'Shorten the messages, or choose a model with a larger context.';
  if (status === 402) return adviceOnCredits(words);
  return byStatus[status] ?? '';
}

function adviceOnCredits(words: string): string {
  const affordable = readAffordableTokens(words)?.affordable ?? 0;
  const lower = affordable > 0 ? ` to ${affordable}` : '';
  return `Add credits at https://openrouter.ai/settings/credits, or lower max_tokens${lower}.`;
}
