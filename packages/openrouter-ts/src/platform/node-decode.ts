import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';

/**
 * Undoes the compression of a body, piece by piece as it arrives.
 *
 * @param response - the response; its errors become the decoder's
 * @param encoding - the `content-encoding` header
 * @returns the decoded body; the body itself for an encoding that was not asked for
 */
export async function decodeBody(response: IncomingMessage, encoding: string): Promise<Readable> {
  let decoder: (Readable & NodeJS.WritableStream) | undefined;
  let failure: Error | undefined;
  // Listening at once: the connection can break while the decoder is loaded.
  response.on('error', (error) => {
    failure = error;
    decoder?.destroy(error);
  });
  // Loaded when it is needed: streams are mostly not compressed.
  const zlib = await import('node:zlib');
  decoder = createDecoder(zlib, encoding.trim().toLowerCase());
  if (decoder === undefined) return response;
  if (failure !== undefined) decoder.destroy(failure);
  return response.pipe(decoder);
}

function createDecoder(zlib: typeof import('node:zlib'), encoding: string): (Readable & NodeJS.WritableStream) | undefined {
  const flush = zlib.constants.Z_SYNC_FLUSH;
  if (encoding === 'gzip' || encoding === 'x-gzip') return zlib.createGunzip({ flush });
  if (encoding === 'deflate') return zlib.createInflate({ flush });
  if (encoding === 'br') return zlib.createBrotliDecompress({ flush: zlib.constants.BROTLI_OPERATION_FLUSH });
  return undefined;
}
