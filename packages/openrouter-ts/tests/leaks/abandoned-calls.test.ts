import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { between, seededRandom, type Random } from '../../src/testing/seeded-random.ts';
import { chunkOf, eventOf, finish, keepAlive, text, usageChunk } from '../support/sse-text.ts';
import type { LeakReport } from './fixtures/abandon-calls.ts';
import { bundleFixture, type Bundle } from './support/bundle-fixture.ts';

let bundle: Bundle;

beforeAll(async () => {
  bundle = await bundleFixture('abandon-calls');
});

afterAll(() => bundle.remove());

const completion = JSON.stringify({
  id: 'gen-1',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hi' } }],
});

/** A server that takes its time over everything, and sometimes does not end what it has begun. */
class SlowServer {
  readonly sockets = new Set<Socket>();
  readonly responses = new Set<ServerResponse>();
  /** How often each way was seen. */
  readonly seen: Record<string, number> = {};
  readonly #server = createServer((request, response) => this.#serve(request, response));
  readonly #random: Random;
  readonly #watchers = new Set<() => void>();

  constructor(seed: number) {
    this.#random = seededRandom(seed);
    this.#server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => {
        this.sockets.delete(socket);
        this.#changed();
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api/v1`;
  }

  /** Resolves as soon as something holds. */
  async until(holds: () => boolean): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (!holds()) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
    });
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #changed(): void {
    for (const look of this.#watchers) look();
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const way = String(request.headers['x-way']);
    this.seen[way] = (this.seen[way] ?? 0) + 1;
    this.responses.add(response);
    response.on('close', () => {
      this.responses.delete(response);
      this.#changed();
    });
    request.resume();
    void this.#answer(request, response);
  }

  async #answer({ headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    await this.#pause(10);
    const streams = headers.accept === 'text/event-stream';
    response.writeHead(200, { 'content-type': streams ? 'text/event-stream' : 'application/json' });
    response.flushHeaders();
    const endless = headers['x-way'] === 'unread' || this.#random() < 0.2;
    for (const piece of streams ? this.#events() : ['\n   \n', completion.slice(0, 20), completion.slice(20)]) {
      await this.#pause(3);
      if (response.destroyed) return;
      response.write(piece);
    }
    if (!endless || !streams) response.end();
  }

  #events(): readonly string[] {
    const comments = Array.from({ length: between(this.#random, 0, 3) }, () => keepAlive);
    const words = Array.from({ length: between(this.#random, 1, 20) }, (_, index) => eventOf(text(`word ${index} `)));
    return [
      ...comments,
      eventOf(chunkOf({ content: '' })),
      ...words,
      eventOf(finish()),
      eventOf(usageChunk),
      eventOf('[DONE]'),
    ];
  }

  #pause(mostMs: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, between(this.#random, 0, mostMs)));
  }
}

async function message(child: ChildProcess): Promise<unknown> {
  const [first] = await once(child, 'message');
  return first;
}

describe.each([
  ['the transport of the platform', 'platform'],
  ['a fetch', 'fetch'],
])('200 calls over %s that are given up at random moments', (_, kind) => {
  it.each([1, 2])('leave nothing behind (seed %i)', { timeout: 60_000 }, async (seed) => {
    const server = new SlowServer(seed);
    const baseURL = await server.listen();
    const child = spawn(process.execPath, [bundle.program, baseURL, String(seed), kind], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const exited = once(child, 'exit');
    try {
      expect(await message(child)).toBe('given up');
      // While the process still lives: what was given up is closed, and only streams that nobody reads may still be open.
      const unread = kind === 'fetch' ? 0 : Math.ceil((server.seen['unread'] ?? 0) / 2);
      await server.until(() => server.responses.size <= unread);
      const reported = message(child);
      child.send('seen');
      const { problems, listeners, resources, ways } = (await reported) as LeakReport;
      expect({ problems, listeners, resources }).toEqual({ problems: [], listeners: 0, resources: [] });
      expect(Object.values(ways).reduce((sum, count) => sum + count, 0)).toBe(200);
      expect(await exited).toEqual([0, null]);
      await server.until(() => server.sockets.size === 0);
    } finally {
      child.kill();
      server.close();
    }
  });
});
