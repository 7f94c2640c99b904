import { STATUS_CODES } from 'node:http';

/**
 * Writes the head of a response: the status line, the headers and the empty line after them.
 *
 * @param status - the HTTP status
 * @param headers - the headers as they shall stand there, wrong ones included
 * @returns the text
 */
export function responseHead(status: number, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n`;
}

/**
 * Frames a piece of a body for a response with `transfer-encoding: chunked`.
 *
 * @param data - text or bytes
 * @returns the piece with its length in front
 */
export function chunk(data: string | Uint8Array): Uint8Array {
  const bytes = Buffer.from(data);
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}

/** What ends a body of chunks in good order. */
export const lastChunk = '0\r\n\r\n';
