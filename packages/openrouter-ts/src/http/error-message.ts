import { isJsonObject } from '../util/json.ts';
import { oneLine } from '../util/one-line.ts';
import { printable } from '../util/printable.ts';
import { redact } from '../util/redact.ts';

/**
 * Puts into words what an error answer says: the server's message as it came, then the provider and its own reason,
 * since «Provider returned error» alone tells nobody anything.
 *
 * @param error - the `error` member of the body, whatever it is
 * @param text - the body, for an answer that is not JSON
 * @returns the words, without keys
 */
export function errorMessage(error: unknown, text = ''): string {
  const message = serverMessage(error) || pageTitle(text) || 'no explanation';
  const metadata = isJsonObject(error) && isJsonObject(error['metadata']) ? error['metadata'] : {};
  const provider = typeof metadata['provider_name'] === 'string' ? oneLine(metadata['provider_name'], 80) : '';
  const reason = providerReason(error);
  const origin = [provider, reason === message ? '' : reason].filter(Boolean).join(': ');
  return redact(origin === '' ? message : `${message} (${origin})`);
}

function serverMessage(error: unknown): string {
  const message = isJsonObject(error) ? error['message'] : error;
  return typeof message === 'string' && message.trim() !== '' ? printable(message, 2000) : '';
}

/**
 * Reads the provider's own words (`error.metadata.raw`), which come as text, as JSON in a string, or as an object.
 *
 * @param error - the `error` member of the body
 * @returns the words on one line, or `undefined`
 */
export function providerReason(error: unknown): string | undefined {
  const metadata = isJsonObject(error) ? error['metadata'] : undefined;
  const raw = isJsonObject(metadata) ? (metadata['raw'] ?? '') : '';
  return redact(oneLine(innerMessage(raw) ?? asText(raw))) || undefined;
}

function innerMessage(raw: unknown): string | undefined {
  const value = typeof raw === 'string' ? parseOrUndefined(raw) : raw;
  if (!isJsonObject(value)) return undefined;
  const inner = isJsonObject(value['error']) ? value['error']['message'] : (value['message'] ?? value['error']);
  return typeof inner === 'string' && inner !== '' ? inner : undefined;
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asText(raw: unknown): string {
  try {
    return typeof raw === 'string' ? raw : JSON.stringify(raw);
  } catch {
    // What can be parsed can still be nested too deeply to be written again.
    return '';
  }
}

/** A page in the place of an answer is named by its title; its markup helps nobody. */
function pageTitle(text: string): string {
  const beginning = text.slice(0, 4096);
  const title = /<title[^>]*>([^<]+)/i.exec(beginning)?.[1];
  return oneLine(title ?? beginning.replace(/<[^>]*>/g, ' '), 200);
}
