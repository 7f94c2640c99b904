import type { SimulatedResponse } from '../exchange.ts';
import { rawBody } from './script.ts';

/** What an HTML page is like. */
export interface HtmlPageOptions {
  /** Default 200. */
  readonly status?: number;
  /** Default `OpenRouter`. */
  readonly title?: string;
  /** The least length of the page, in characters. Default: as short as it is. */
  readonly length?: number;
  /** Headers beside the usual ones, or in their place; lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Answers with a web page, as the website does for a wrong base URL, and a proxy when something is wrong.
 *
 * @param options - status and title
 * @returns the response
 */
export function htmlPage(options: HtmlPageOptions = {}): SimulatedResponse {
  const { status = 200, title = 'OpenRouter', length = 0, headers } = options;
  const page = `<!DOCTYPE html><html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return rawBody(page.padEnd(length), { status, contentType: 'text/html; charset=utf-8', headers });
}

/**
 * Answers with nothing.
 *
 * @param status - the HTTP status. Default 200
 * @returns the response
 */
export function emptyBody(status = 200): SimulatedResponse {
  return rawBody('', { status });
}

/**
 * Answers with a text that claims to be JSON.
 *
 * @param text - what is sent. Default: the beginning of an answer
 * @param status - the HTTP status. Default 200
 * @returns the response
 */
export function invalidJson(text = '{"id":"gen-simulated","choices":[{"index":', status = 200): SimulatedResponse {
  return rawBody(text, { status });
}

/**
 * Sends the client elsewhere.
 *
 * @param location - where to
 * @param status - the HTTP status. Default 307
 * @returns the response
 */
export function redirect(location: string, status = 307): SimulatedResponse {
  return rawBody('', { status, headers: { location } });
}
