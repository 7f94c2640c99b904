import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';

/**
 * Undoes the compression of a body, piece by piece as it arrives.
 *
 * @param response - the response; an error of either side ends both, and with them the connection
 * @param encoding - the `content-encoding` header
 * @returns the decoded body, or `undefined` for an encoding that is not known
 */
export function decodeBody(response: IncomingMessage, encoding: string): Transform | undefined {
  const decoder = createDecoder(encoding.trim().toLowerCase());
  // Whoever reads the decoded body hears of the error there.
  if (decoder !== undefined) process.getBuiltinModule('node:stream').pipeline(response, decoder, () => undefined);
  return decoder;
}

/** Each passes on at once what it can: a stream's events must not wait for the next block. */
function createDecoder(encoding: string): Transform | undefined {
  const zlib = process.getBuiltinModule('node:zlib');
  const flush = zlib.constants.Z_SYNC_FLUSH;
  if (encoding === 'gzip' || encoding === 'x-gzip') return zlib.createGunzip({ flush });
  if (encoding === 'deflate') return zlib.createInflate({ flush });
  if (encoding === 'br') return zlib.createBrotliDecompress({ flush: zlib.constants.BROTLI_OPERATION_FLUSH });
  return undefined;
}
