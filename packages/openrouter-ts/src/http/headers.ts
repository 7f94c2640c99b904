import { ConfigError } from '../errors/config-error.ts';

/** Visible ASCII, space and tab, and the upper half of ISO-8859-1: what a header value may hold. */
const validValue = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;
const validName = /^[!#$%&'*+.^_`|~\w-]+$/;
/** A key is one word of visible ASCII. */
const validKey = /^[\u0021-\u007e]+$/;

/** Headers that would break the framing of the request, or that the transport sets itself. */
const reserved = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'host',
  'upgrade',
  'expect',
  'keep-alive',
  'te',
  'trailer',
]);

/** What identifies the caller's application to OpenRouter. */
export interface Attribution {
  /** The application's address, sent as `HTTP-Referer`: its identity in OpenRouter's rankings. */
  readonly siteUrl?: string | undefined;
  /** The application's name, sent as `X-Title` and under its newer name `X-OpenRouter-Title`. */
  readonly siteName?: string | undefined;
  /** At most two categories for one request, sent as `X-OpenRouter-Categories`. */
  readonly categories?: readonly string[] | undefined;
}

/**
 * Builds the headers that say who is asking.
 *
 * @param attribution - the application's address, name and categories
 * @returns lower-case header names and their values
 * @throws ConfigError when a value cannot be a header
 */
export function attributionHeaders({ siteUrl, siteName, categories }: Attribution): Readonly<Record<string, string>> {
  const title = siteName === undefined ? undefined : headerValue('siteName', siteName);
  return {
    ...(siteUrl !== undefined && { 'http-referer': headerValue('siteUrl', siteUrl) }),
    ...(title !== undefined && { 'x-title': title, 'x-openrouter-title': title }),
    ...(categories !== undefined &&
      categories.length > 0 && { 'x-openrouter-categories': headerValue('categories', categories.join(',')) }),
  };
}

/**
 * Checks headers that the caller passed.
 *
 * @param headers - names in any case, and values
 * @returns the same with lower-case names
 * @throws ConfigError when a name or a value cannot be sent, or when the transport must set that header itself; the value is not repeated
 */
export function userHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (!validName.test(name))
      throw new ConfigError(
        `A header name holds a character that HTTP does not allow: ${JSON.stringify(name.slice(0, 40))}.`,
      );
    const lower = name.toLowerCase();
    if (reserved.has(lower)) throw new ConfigError(`The header ${lower} cannot be set.`);
    checked[lower] = headerValue(lower, value);
  }
  return checked;
}

function headerValue(name: string, value: unknown): string {
  if (typeof value !== 'string') throw new ConfigError(`${name} must be a string.`);
  if (!validValue.test(value)) {
    throw new ConfigError(
      `${name} holds a character that HTTP does not allow: a line break, a control character, or one outside ISO-8859-1.`,
    );
  }
  return value.trim();
}

/**
 * Brings a key into the form in which it is sent.
 *
 * @param key - what the caller or the environment gave
 * @returns the key without outer white space and without an accidental `Bearer ` in front
 * @throws ConfigError when nothing is left, or when the key holds white space, quotes or other characters that no key has; the value is not repeated
 */
export function normalizeKey(key: unknown): string {
  if (typeof key !== 'string') throw new ConfigError('apiKey must be a string, or a function that returns one.');
  const trimmed = key.trim().replace(/^bearer(?:\s+|$)/i, '');
  if (trimmed === '') return missingKey();
  if (!validKey.test(trimmed) || /["'`]/.test(trimmed)) {
    throw new ConfigError(
      'The API key holds a character that no key has, such as a space or a quote. Copy it again from https://openrouter.ai/keys.',
    );
  }
  return trimmed;
}

/**
 * Says that there is no key.
 *
 * @throws ConfigError always
 */
export function missingKey(): never {
  throw new ConfigError(
    'There is no API key. Pass apiKey, or set OPENROUTER_API_KEY; keys are made at https://openrouter.ai/keys.',
  );
}
