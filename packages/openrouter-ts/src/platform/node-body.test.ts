import { IncomingMessage, get, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { PassThrough, type Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { runProgram } from '../../tests/support/run-program.ts';
import { ask, serve } from '../../tests/support/transport.ts';
import { systemClock } from '../util/clock.ts';
import { NodeBody } from './node-body.ts';
import { nodeTransport } from './node-transport.ts';

interface Parts {
  readonly body: NodeBody;
  readonly iterator: AsyncIterator<Uint8Array, undefined>;
  readonly response: IncomingMessage;
  readonly socket: Socket;
  readonly source: Readable;
  readonly ended: () => void;
}

/** A body whose pieces a test pushes itself, as they come or as they are decoded. */
function bodyOf(response: IncomingMessage = new IncomingMessage(new Socket()), source: Readable = response): Parts {
  const { socket } = response;
  vi.spyOn(socket, 'ref');
  vi.spyOn(socket, 'unref');
  const ended = vi.fn<() => void>();
  const body = new NodeBody(source, response, ended, systemClock);
  return { body, iterator: body[Symbol.asyncIterator](), response, socket, source, ended };
}

/** Until everything that was pushed has been given on. */
async function push({ source }: Parts, ...pieces: readonly (string | Buffer | null)[]): Promise<void> {
  for (const piece of pieces) source.push(piece);
  await nextTurn();
}

const text = (piece: Uint8Array | undefined): string | undefined => piece && Buffer.from(piece).toString();
const end = { done: true, value: undefined };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  return () => {
    vi.useRealTimers();
  };
});

describe('a reader', () => {
  it('gets each piece that it waits for', async () => {
    const parts = bodyOf();
    for (const piece of ['one', 'two']) {
      const next = parts.iterator.next();
      await push(parts, piece);
      expect(text((await next).value)).toBe(piece);
    }
  });

  it('gets all at once what came meanwhile', async () => {
    const parts = bodyOf();
    await push(parts, 'one', 'two', 'three');
    expect(text((await parts.iterator.next()).value)).toBe('onetwothree');
    const next = parts.iterator.next();
    await push(parts, 'four');
    expect(text((await next).value)).toBe('four');
  });

  it('can take what is here without waiting', async () => {
    const parts = bodyOf();
    expect(parts.body.takeReady()).toBeUndefined();
    const piece = Buffer.from('one');
    await push(parts, piece);
    expect(parts.body.takeReady()).toBe(piece);
    expect(parts.body.takeReady()).toBeUndefined();
    await push(parts, 'two', 'three');
    expect(text(parts.body.takeReady())).toBe('twothree');
    expect(parts.body.takeReady()).toBeUndefined();
  });

  it('that waits is told of the end', async () => {
    const parts = bodyOf();
    const next = parts.iterator.next();
    await push(parts, null);
    expect(await next).toEqual(end);
    expect(await parts.iterator.next()).toEqual(end);
  });

  it('gets what came before the end', async () => {
    const parts = bodyOf();
    await push(parts, 'one', null);
    expect(text((await parts.iterator.next()).value)).toBe('one');
    expect(await parts.iterator.next()).toEqual(end);
  });

  it('that waits is told of an error', async () => {
    const parts = bodyOf();
    const error = new Error('broken');
    const next = parts.iterator.next();
    parts.source.destroy(error);
    await expect(next).rejects.toBe(error);
    await expect(parts.iterator.next()).rejects.toBe(error);
  });

  it('gets what came before an error', async () => {
    const parts = bodyOf();
    const error = new Error('broken');
    await push(parts, 'one');
    parts.source.destroy(error);
    await nextTurn();
    expect(text((await parts.iterator.next()).value)).toBe('one');
    await expect(parts.iterator.next()).rejects.toBe(error);
  });

  it('is told of an end that is none', async () => {
    const parts = bodyOf();
    const next = parts.iterator.next();
    parts.source.destroy();
    await expect(next).rejects.toThrow('The connection was closed before the end of the body.');
  });
});

describe('whoever made a body', () => {
  it.each([
    ['has come to its end', ({ source }: Parts): unknown => source.push(null)],
    ['has failed', ({ source }: Parts): unknown => source.destroy(new Error('broken'))],
    ['was closed', ({ source }: Parts): unknown => source.destroy()],
    ['was aborted', ({ body }: Parts): unknown => body.abort('enough')],
  ])('is told once that it %s, and no timer is left', async (_how, finish) => {
    const parts = bodyOf();
    await push(parts, 'one');
    expect(parts.ended).not.toHaveBeenCalled();
    finish(parts);
    await nextTurn();
    parts.source.destroy();
    await nextTurn();
    expect(parts.ended).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a body that is aborted', () => {
  it('gives out nothing that comes afterwards', async () => {
    const parts = bodyOf(undefined, new PassThrough());
    await push(parts, 'one');
    parts.body.abort('enough');
    await push(parts, 'two', 'three');
    expect(text(parts.body.takeReady())).toBeUndefined();
    await expect(parts.iterator.next()).rejects.toBe('enough');
  });

  it('gives the reason to whoever waits or comes later', async () => {
    const parts = bodyOf();
    const next = parts.iterator.next();
    parts.body.abort('enough');
    await expect(next).rejects.toBe('enough');
    await push(parts, null);
    await expect(parts.iterator.next()).rejects.toBe('enough');
  });

  it('gives nothing of what is here', async () => {
    const parts = bodyOf();
    await push(parts, 'one');
    parts.body.abort('enough');
    expect(parts.body.takeReady()).toBeUndefined();
    await expect(parts.iterator.next()).rejects.toBe('enough');
  });

  it('has not come to a good end, though all of it is here', async () => {
    vi.useRealTimers();
    const { port } = await serve((_request, response) => response.end('x'.repeat(10_000)));
    const request = get({ port });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    while (!response.complete) await nextTurn();
    const { body, iterator } = bodyOf(response);
    body.abort('enough');
    request.destroy();
    await once(response, 'close');
    await expect(iterator.next()).rejects.toBe('enough');
  });
});

describe('a body that nobody reads', () => {
  const piece = Buffer.alloc(64 * 1024);

  it('is not read ahead of by more than 256 KiB', async () => {
    const parts = bodyOf();
    await push(parts, piece, piece, piece, piece);
    expect(parts.source.isPaused()).toBe(false);
    await push(parts, Buffer.alloc(1));
    expect(parts.source.isPaused()).toBe(true);
    expect(parts.body.takeReady()).toHaveLength(4 * piece.length + 1);
    expect(parts.source.isPaused()).toBe(false);
    await push(parts, piece, piece, piece, piece);
    expect(parts.source.isPaused()).toBe(false);
  });

  it('lets the server wait', async () => {
    vi.useRealTimers();
    const wanted = 64 * 1024 * 1024;
    let written = 0;
    const { port } = await serve((_request, response) => {
      const chunk = Buffer.alloc(64 * 1024);
      const write = (): void => {
        while (written < wanted) {
          written += chunk.length;
          if (!response.write(chunk)) return;
        }
        response.end();
      };
      response.on('drain', write);
      write();
    });
    const { body } = await nodeTransport({})(ask(`http://127.0.0.1:${port}/`).request);
    for (let idleTurns = 0; idleTurns < 100; idleTurns += 1) {
      const before = written;
      await nextTurn();
      if (written > before) idleTurns = 0;
    }
    // What the operating system holds between the two is some megabytes.
    expect(written).toBeLessThan(wanted / 2);
    let read = 0;
    for await (const part of body) read += part.length;
    expect(read).toBe(wanted);
  });
});

describe('a body that is not wanted to its end', () => {
  it('leaves the connection as it is when the end follows', async () => {
    const parts = bodyOf();
    await push(parts, 'one');
    expect(await parts.iterator.return?.()).toEqual(end);
    expect(parts.body.takeReady()).toBeUndefined();
    await push(parts, 'two');
    expect(parts.body.takeReady()).toBeUndefined();
    parts.response.complete = true;
    await push(parts, null);
    expect(parts.ended).toHaveBeenCalledOnce();
    expect(parts.socket.destroyed).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
    expect(await parts.iterator.next()).toEqual(end);
  });

  it('closes the connection when the end does not come within a second', async () => {
    const parts = bodyOf();
    vi.advanceTimersByTime(40);
    await parts.iterator.return?.();
    vi.advanceTimersByTime(999);
    expect(parts.socket.destroyed).toBe(false);
    vi.advanceTimersByTime(1);
    expect(parts.socket.destroyed).toBe(true);
    await nextTurn();
    expect(parts.ended).toHaveBeenCalledOnce();
  });

  it('does not begin to count again when that is said again', async () => {
    const parts = bodyOf();
    await parts.iterator.return?.();
    vi.advanceTimersByTime(999);
    expect(await parts.iterator.return?.()).toEqual(end);
    vi.advanceTimersByTime(1);
    expect(parts.socket.destroyed).toBe(true);
  });

  it('closes the connection when more than 64 KiB come', async () => {
    const parts = bodyOf();
    await push(parts, Buffer.alloc(100_000));
    await parts.iterator.return?.();
    await push(parts, Buffer.alloc(64 * 1024));
    expect(parts.socket.destroyed).toBe(false);
    await push(parts, Buffer.alloc(1));
    expect(parts.socket.destroyed).toBe(true);
  });

  it('goes on when it was stopped for want of a reader', async () => {
    const parts = bodyOf();
    await push(parts, Buffer.alloc(300_000));
    expect(parts.source.isPaused()).toBe(true);
    await parts.iterator.return?.();
    expect(parts.source.isPaused()).toBe(false);
  });

  it('does nothing any more when it is over', async () => {
    const parts = bodyOf();
    await push(parts, null);
    expect(await parts.iterator.return?.()).toEqual(end);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves its connection to the next request', async () => {
    vi.useRealTimers();
    const answers: ServerResponse[] = [];
    const { port } = await serve((_request, response) => {
      answers.push(response);
      response.write('data: [DONE]\n\n');
    });
    const transport = nodeTransport({});
    const first = ask(`http://127.0.0.1:${port}/`);
    for await (const piece of (await transport(first.request)).body) {
      expect(text(piece)).toBe('data: [DONE]\n\n');
      break;
    }
    answers[0]?.end();
    await first.over;
    const second = ask(`http://127.0.0.1:${port}/`);
    await transport(second.request);
    expect(second.connections).toEqual([true]);
  });
});

describe('a body keeps the process alive', () => {
  it('until nobody has read it for 50 milliseconds', () => {
    const { socket } = bodyOf();
    vi.advanceTimersByTime(49);
    expect(socket.unref).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(socket.unref).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('as long as somebody waits for it', async () => {
    const parts = bodyOf();
    const next = parts.iterator.next();
    vi.advanceTimersByTime(1_000);
    expect(parts.socket.unref).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
    await push(parts, 'one');
    await next;
    vi.advanceTimersByTime(49);
    expect(parts.socket.unref).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(parts.socket.unref).toHaveBeenCalledOnce();
  });

  it('again when somebody reads on', async () => {
    const parts = bodyOf();
    vi.advanceTimersByTime(50);
    await push(parts, 'one');
    await parts.iterator.next();
    expect(parts.socket.ref).not.toHaveBeenCalled();
    void parts.iterator.next();
    expect(parts.socket.ref).toHaveBeenCalledOnce();
    await push(parts, 'two');
    void parts.iterator.next();
    expect(parts.socket.ref).toHaveBeenCalledOnce();
  });

  it('with one timer, however many pieces come', async () => {
    const parts = bodyOf();
    await push(parts, 'one', 'two');
    void parts.iterator.next();
    void parts.iterator.next();
    await push(parts, 'three', 'four');
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(50);
    expect(parts.socket.unref).toHaveBeenCalledOnce();
  });

  it('and not while it waits for an end that nobody wants', async () => {
    const parts = bodyOf();
    await parts.iterator.return?.();
    expect(parts.socket.unref).toHaveBeenCalledOnce();
  });

  it.each([
    ['that is read as it came', (response: IncomingMessage): Readable => response],
    ['that is still being decoded', (): Readable => new PassThrough()],
  ])('and leaves the connection alone that is not its own any more, %s', async (_what, sourceOf) => {
    const response = new IncomingMessage(new Socket());
    const source = sourceOf(response);
    const parts = bodyOf(response, source);
    vi.advanceTimersByTime(50);
    expect(parts.socket.unref).toHaveBeenCalledOnce();
    response.resume().push(null);
    await nextTurn();
    void parts.iterator.next();
    expect(parts.socket.ref).not.toHaveBeenCalled();
    if (source !== response) await push(parts, 'one');
    vi.advanceTimersByTime(50);
    await parts.iterator.return?.();
    expect(parts.socket.unref).toHaveBeenCalledOnce();
  });
});

describe('a program', () => {
  beforeEach(() => {
    vi.useRealTimers();
  });

  const program = (rest: string): string => `
    import { nodeTransport } from './platform/node-transport.ts';
    const { signal } = new AbortController();
    const request = { method: 'GET', url: process.env.TEST_URL, headers: {}, signal };
    const { body } = await nodeTransport({})(request);
    const iterator = body[Symbol.asyncIterator]();
    ${rest}
    console.log('done');
  `;

  const say = (response: ServerResponse): unknown => response.write('first');

  it.each([
    ['that forgets a body', '', say],
    [
      'that forgets a body of which nothing has come',
      '',
      (response: ServerResponse): unknown => response.flushHeaders(),
    ],
    ['that forgets the rest of a body', 'await iterator.next();', say],
    ['that gives a body up', 'await iterator.return();', say],
  ])('%s comes to its end, whatever the server does', async (_what, rest, answer) => {
    const { port } = await serve((_request, response) => answer(response));
    const { code, output } = await runProgram(program(rest), { TEST_URL: `http://127.0.0.1:${port}/` });
    expect([code, output]).toEqual([0, 'done\n']);
  });

  it('that waits for a body waits as long as it takes', async () => {
    const { port } = await serve((_request, response) => {
      response.write('first');
      // Longer than a body without a reader keeps a process alive.
      setTimeout(() => response.end('last'), 300);
    });
    const rest =
      'for (let next = await iterator.next(); !next.done; next = await iterator.next()) console.log(String(next.value));';
    const { code, output } = await runProgram(program(rest), { TEST_URL: `http://127.0.0.1:${port}/` });
    expect([code, output]).toEqual([0, 'first\nlast\ndone\n']);
  });
});
