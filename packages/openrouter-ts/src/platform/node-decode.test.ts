import type { ServerResponse } from 'node:http';
import {
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createDeflate,
  createGzip,
  deflateSync,
  gzipSync,
} from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ask, readAll, serve } from '../../tests/support/transport.ts';
import type { TransportResponse } from '../http/transport.ts';
import { nodeTransport } from './node-transport.ts';

const text = 'data: {"choices":[]}\n\n'.repeat(1_000);

interface Sent {
  readonly response: TransportResponse;
  /** The server's side of it. */
  readonly server: ServerResponse;
  readonly closed: (index: number) => Promise<void>;
}

/** Lets a server answer in some encoding. */
async function sent(encoding: string, write: (response: ServerResponse) => unknown): Promise<Sent> {
  const responses: ServerResponse[] = [];
  const { port, closed } = await serve((_request, response) => {
    responses.push(response);
    response.setHeader('Content-Encoding', encoding);
    write(response);
  });
  const response = await nodeTransport({})(ask(`http://127.0.0.1:${port}/`).request);
  return { response, server: responses[0]!, closed };
}

describe('a compressed body', () => {
  it.each([
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    [' GZip ', gzipSync(text)],
    ['br', brotliCompressSync(text)],
    ['deflate', deflateSync(text)],
  ])('is decoded from %j, and does not say so any more', async (encoding, bytes) => {
    const { response } = await sent(encoding, (server) => server.end(bytes));
    expect(response.headers).not.toHaveProperty('content-encoding');
    expect(await readAll(response)).toBe(text);
  });

  it.each([
    ['identity', text],
    ['compress', 'not known'],
    ['gzip, br', 'both'],
  ])('is left as it is by %j, and still says so', async (encoding, bytes) => {
    const { response } = await sent(encoding, (server) => server.end(bytes));
    expect(response.headers['content-encoding']).toBe(encoding);
    expect(await readAll(response)).toBe(bytes);
  });

  it.each([
    ['gzip', createGzip(), constants.Z_SYNC_FLUSH],
    ['deflate', createDeflate(), constants.Z_SYNC_FLUSH],
    ['br', createBrotliCompress(), constants.BROTLI_OPERATION_FLUSH],
  ])('is passed on as %s brings it, however little that is', async (encoding, encoder, flush) => {
    const { response } = await sent(encoding, (server) => {
      server.flushHeaders();
      encoder.pipe(server);
    });
    const body = response.body[Symbol.asyncIterator]();
    for (const piece of ['one', 'two']) {
      encoder.write(piece);
      encoder.flush(flush);
      // The server sends nothing more until this has come.
      expect(String((await body.next()).value)).toBe(piece);
    }
    encoder.end();
    expect((await body.next()).done).toBe(true);
  });
});

describe('a compressed body that cannot be decoded', () => {
  it.each([
    ['gzip', Buffer.from('this is not compressed at all'), 'Z_DATA_ERROR'],
    ['deflate', Buffer.from('this is not compressed at all'), 'Z_DATA_ERROR'],
    ['br', Buffer.from('this is not compressed at all'), expect.stringMatching(/^ERR__ERROR_FORMAT/)],
    ['gzip', gzipSync(text).subarray(0, -12), 'Z_BUF_ERROR'],
    ['br', brotliCompressSync(text).subarray(0, -5), 'Z_BUF_ERROR'],
  ])('as %s fails with the code of what is wrong', async (encoding, bytes, code) => {
    const { response } = await sent(encoding, (server) => server.end(bytes));
    await expect(readAll(response)).rejects.toMatchObject({ code });
  });

  it('takes its connection along', async () => {
    const { response, closed } = await sent('gzip', (server) => server.write('this is not compressed at all'));
    await expect(readAll(response)).rejects.toMatchObject({ code: 'Z_DATA_ERROR' });
    await closed(0);
  });

  it('fails as the connection does when that breaks', async () => {
    const { response, server } = await sent('gzip', (server) => {
      const encoder = createGzip();
      encoder.pipe(server);
      encoder.write('one');
      encoder.flush();
    });
    const body = response.body[Symbol.asyncIterator]();
    expect(String((await body.next()).value)).toBe('one');
    server.destroy();
    await expect(body.next()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});

describe('a compressed body that is not wanted any more', () => {
  it('gives the reader the reason and closes the connection', async () => {
    const { port, closed } = await serve((_request, response) => {
      response.setHeader('Content-Encoding', 'gzip');
      response.write(gzipSync('one').subarray(0, 10));
    });
    const { request, scope } = ask(`http://127.0.0.1:${port}/`);
    const next = (await nodeTransport({})(request)).body[Symbol.asyncIterator]().next();
    scope.abort('enough');
    await expect(next).rejects.toBe('enough');
    await closed(0);
  });

  it('leaves its connection to the next request when the end follows', async () => {
    const answers: ServerResponse[] = [];
    const { port } = await serve((_request, response) => {
      answers.push(response);
      response.setHeader('Content-Encoding', 'gzip');
      response.write(gzipSync('one').subarray(0, -8));
    });
    const transport = nodeTransport({});
    const first = ask(`http://127.0.0.1:${port}/`);
    const body = (await transport(first.request)).body[Symbol.asyncIterator]();
    expect(String((await body.next()).value)).toBe('one');
    await body.return?.();
    answers[0]?.end(gzipSync('one').subarray(-8));
    await first.over;
    const second = ask(`http://127.0.0.1:${port}/`);
    await transport(second.request);
    expect(second.connections).toEqual([true]);
  });
});
