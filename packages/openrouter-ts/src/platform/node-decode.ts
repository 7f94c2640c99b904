import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';

/**
 * Undoes the compression of a body, and passes on at once what it can: the events of a stream do not wait for the next block.
 *
 * @param response - the response; an error of either side ends both, and with them the connection
 * @param encoding - the `content-encoding` header
 * @returns the decoded body, or `undefined` for an encoding that is not known
 */
export function decodeBody(response: IncomingMessage, encoding: string): Transform | undefined {
  const decoder = createDecoder(encoding.toLowerCase());
  // Whoever reads the decoded body hears of the error there.
  if (decoder !== undefined) process.getBuiltinModule('node:stream').pipeline(response, decoder, () => undefined);
  return decoder;
}

function createDecoder(encoding: string): Transform | undefined {
  const zlib = process.getBuiltinModule('node:zlib');
  if (encoding === 'br') return zlib.createBrotliDecompress();
  // It looks at the first bytes, whichever of the two they are.
  return /^(?:(?:x-)?gzip|deflate)$/.test(encoding) ? zlib.createUnzip() : undefined;
}
